using ComposeGen.Cli;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Tests.Support;
using ComposeGen.Workspaces;

namespace ComposeGen.Tests.Cli;

/// <summary>What is different on one machine, and is remembered there.</summary>
public class MachineTests
{
    private const string Override = "docker-compose.override.yml";

    [Test]
    public void A_slot_has_a_block_of_ports_and_a_compose_project_of_its_own_and_changes_nothing_that_is_committed()
    {
        using var workspace = Two();
        var first = Generate(workspace);

        workspace.With("composegen.local.yml", "slot: 2\n");
        var second = Generate(workspace);

        Assert.That((second.ComposeFile, second.LockFile), Is.EqualTo((first.ComposeFile, first.LockFile)));
        Assert.That(Ports(workspace), Is.EqualTo(new[] { "a:a 18080", "b:b 13000" }));
        Assert.That(second.Plan.Workspace.ComposeProject, Is.EqualTo("scratch-2"));
        Assert.That(workspace.Read(Override), Does.Contain("\nname: scratch-2\n").And.Contain("published: \"18080\""));
    }

    [Test]
    public void What_a_slot_was_given_stays_whatever_the_lock_gives_to_others()
    {
        using var workspace = Two().With("composegen.local.yml", "slot: 2\n");
        Generate(workspace);
        workspace.With("projects/c/project.yml", "service: {image: i, ports: [\"18080:80\", \"13000:81\"]}\n");

        Generate(workspace);

        Assert.That(Ports(workspace), Is.EqualTo(new[] { "a:a 18080", "b:b 13000", "c:c 28080", "c:c 23000" }));
    }

    [Test]
    public void A_new_slot_gives_no_port_that_the_lock_has()
    {
        using var workspace = Two().With("projects/c/project.yml", "service: {image: i, ports: [\"18080:80\"]}\n");
        Generate(workspace);
        workspace.With("composegen.local.yml", "slot: 2\n");

        Generate(workspace);

        Assert.That(Ports(workspace), Is.EqualTo(new[] { "a:a 18081", "b:b 13000", "c:c 28080" }));
    }

    [Test]
    public void Beyond_the_last_port_a_block_goes_on_from_the_first()
    {
        using var workspace = Two().With("composegen.local.yml", "slot: 4\n");

        Generate(workspace);

        // 38080 and 33000 are 5313 and 233 beyond 32767.
        Assert.That(Ports(workspace), Is.EqualTo(new[] { "a:a 6336", "b:b 1256" }));
    }

    [Test]
    public void Another_slot_is_another_block()
    {
        using var workspace = Two().With("composegen.local.yml", "slot: 2\n");
        Generate(workspace);

        workspace.With("composegen.local.yml", "slot: 3\n");
        Generate(workspace);

        Assert.That(Ports(workspace), Is.EqualTo(new[] { "a:a 28080", "b:b 23000" }));
    }

    [Test]
    public void A_port_moves_to_the_next_that_is_neither_in_the_lock_nor_busy()
    {
        using var workspace = Two().With("projects/c/project.yml", "service: {image: i, ports: [8081]}\n");
        var machine = Machine.Of(new WorkspaceFiles(workspace.Root), Generate(workspace).Plan);

        machine.Move(new HashSet<PortKey> { new("a:a", 80) }, port => port == 8082);

        Assert.That(machine.Memory.Ports.Select(port => port.ToString()), Is.EqualTo(new[] { "port a:a 80 8083" }));
        Assert.That(machine.Here.All.SelectMany(service => service.Ports).Select(port => port.Host), Is.EqualTo(new[] { 8083, 3000, 8081 }));
    }

    [Test]
    public void A_variable_does_not_bring_back_a_port_that_was_moved()
    {
        using var workspace = new ScratchWorkspace()
            .With("which-project", "a\n")
            .With("projects/a/project.yml", "service: {image: i, ports: [\"${PORT:-8080}:80\"]}\n");
        var files = new WorkspaceFiles(workspace.Root);
        var machine = Machine.Of(files, Generate(workspace).Plan);

        machine.Move(new HashSet<PortKey> { new("a:a", 80) }, _ => false);
        machine.Write(new DiagnosticBag(), TextWriter.Null);

        Assert.That(workspace.Read(Override), Does.Contain("published: \"8081\""));
    }

    [Test]
    public void Jupyters_own_link_follows()
    {
        using var workspace = new ScratchWorkspace().With("which-project", "a\n").With("projects/a/requirements.txt", "numpy\n");
        var machine = Machine.Of(new WorkspaceFiles(workspace.Root), Generate(workspace).Plan);

        machine.Move(new HashSet<PortKey> { new("a:a", PythonEnvironment.JupyterPort) }, _ => false);
        machine.Write(new DiagnosticBag(), TextWriter.Null);

        Assert.That(workspace.Read(Override), Does.Contain("COMPOSEGEN_URL: http://127.0.0.1:8889\n"));
    }

    [Test]
    public void The_addresses_that_services_are_told_follow()
    {
        using var workspace = Two().With("projects/b/project.yml", "service: {image: i, depends_on: [\"a:a\"]}\n");
        var machine = Machine.Of(new WorkspaceFiles(workspace.Root), Generate(workspace).Plan);

        machine.Move(new HashSet<PortKey> { new("a:a", 80) }, _ => false);
        machine.Write(new DiagnosticBag(), TextWriter.Null);

        var told = workspace.Read(Override).Split('\n').Where(line => line.Contains("_URL", StringComparison.Ordinal)).ToList();
        Assert.That(told, Is.EqualTo(new[] { "      A_PUBLIC_URL: http://127.0.0.1:8081", "      A_PUBLIC_URL: http://127.0.0.1:8081" }));
    }

    [Test]
    public void What_was_moved_is_there_after_a_new_selection_and_gone_when_it_is_forgotten()
    {
        using var workspace = Two();
        var files = new WorkspaceFiles(workspace.Root);
        var machine = Machine.Of(files, Generate(workspace).Plan);
        machine.Move(new HashSet<PortKey> { new("a:a", 80) }, _ => false);
        machine.Write(new DiagnosticBag(), TextWriter.Null);

        workspace.With("which-project", "b\n");
        Generate(workspace);
        Assert.That(workspace.Read(Override), Does.Contain("# port a:a 80 8081\n").And.Not.Contain("services:"));

        machine = Machine.Of(files, Generate(workspace).Plan);
        machine.Forget(null);
        machine.Write(new DiagnosticBag(), TextWriter.Null);
        Assert.That(File.Exists(workspace.PathOf(Override)), Is.False);
    }

    [TestCase("services: {a: {image: mine}}\n", false, "CG0707")]
    [TestCase("# a note\n", true, "CG0708")]
    public void An_override_file_that_somebody_wrote_or_changed_is_left_alone(string text, bool isAppended, string code)
    {
        using var workspace = Two().With("composegen.local.yml", "slot: 2\n");
        text = isAppended ? Generated(workspace) + text : text;
        workspace.With(Override, text);
        var bag = new DiagnosticBag();

        var machine = Machine.Of(new WorkspaceFiles(workspace.Root), Pipeline.Run(new WorkspaceFiles(workspace.Root), bag)!.Plan);
        machine.Write(bag, TextWriter.Null);

        Assert.That(bag.Sorted().Select(diagnostic => diagnostic.Code), Is.EqualTo(new[] { code }));
        Assert.That(workspace.Read(Override), Is.EqualTo(text));
    }

    [Test]
    public void In_a_narrow_range_the_first_slots_do_not_meet()
    {
        using var workspace = Two().With("composegen.yml", "ports: {range: 8000-8999}\n").With("composegen.local.yml", "slot: 2\n");
        Generate(workspace);
        var second = Ports(workspace);

        workspace.With("composegen.local.yml", "slot: 3\n");
        Generate(workspace);

        // Both wish for 8080 or the range's first port; a third of 1,000 lies between two slots.
        Assert.That(second, Is.EqualTo(new[] { "a:a 8413", "b:b 8333" }));
        Assert.That(Ports(workspace), Is.EqualTo(new[] { "a:a 8746", "b:b 8666" }));
    }

    [Test]
    public void Ports_in_an_override_file_of_ones_own_are_known_to_be()
    {
        using var workspace = Two().With(Override, "services: {a: {ports: !override [\"127.0.0.1:8090:80\"]}, b: {labels: {x: y}}}\n");

        var machine = Machine.Of(new WorkspaceFiles(workspace.Root), Generate(workspace).Plan);

        Assert.That(machine.WithUsersPorts, Is.EqualTo(new[] { "a" }));
    }

    [TestCase("slot: 0\n", "CG0323")]
    [TestCase("slot: two\n", "CG0323")]
    [TestCase("slots: 2\n", "CG0301")]
    [TestCase("- slot\n", "CG0303")]
    public void A_mistake_in_the_local_settings_is_said(string text, string code)
    {
        using var workspace = Two().With("composegen.local.yml", text);
        var bag = new DiagnosticBag();

        Pipeline.Run(new WorkspaceFiles(workspace.Root), bag);

        Assert.That(bag.Sorted().Select(diagnostic => (diagnostic.Code, diagnostic.Span?.File)), Is.EqualTo(new[] { (code, "composegen.local.yml") }));
    }

    [Test]
    public void Networks_of_a_slot_have_addresses_of_their_own()
    {
        using var workspace = new ScratchWorkspace().With("which-project", "*\n").With("composegen.local.yml", "slot: 2\n");
        for (var i = 0; i < 26; i++)
        {
            workspace.With($"projects/p{i}/project.yml", "{shared: false, service: {image: i}}\n");
        }

        var plan = Generate(workspace).Plan;
        var here = Machine.Of(new WorkspaceFiles(workspace.Root), plan).Here;

        workspace.With("composegen.local.yml", "slot: 3\n");
        var third = Machine.Of(new WorkspaceFiles(workspace.Root), Pipeline.Run(new WorkspaceFiles(workspace.Root), new DiagnosticBag())!.Plan).Here;
        var all = plan.Ports.Subnets.Values.Concat(here.Ports.Subnets.Values).Concat(third.Ports.Subnets.Values).ToList();
        Assert.That(all, Has.Count.EqualTo(78).And.Unique);
        Assert.That(workspace.Read(Override), Does.Contain($"config: !override\n        - {{subnet: \"{here.Ports.Subnets["p0"]}\"}}\n"));
    }

    private static ScratchWorkspace Two() =>
        new ScratchWorkspace()
            .With("which-project", "*\n")
            .With("projects/a/project.yml", "service: {image: i, ports: [80]}\n")
            .With("projects/b/project.yml", "service: {image: i, ports: [3000]}\n");

    private static string Generated(ScratchWorkspace workspace)
    {
        Generate(workspace);
        return workspace.Read(Override);
    }

    private static Generated Generate(ScratchWorkspace workspace)
    {
        var bag = new DiagnosticBag();
        var files = new WorkspaceFiles(workspace.Root);
        var generated = Pipeline.Run(files, bag)!;
        using var error = new StringWriter();
        var code = GenerateCommand.Write(files, generated, new GenerateOptions(), new Terminal(TextWriter.Null, error, false), bag);
        Assert.That(code, Is.Zero, error.ToString);
        return generated;
    }

    private static string[] Ports(ScratchWorkspace workspace) =>
        [
            .. Machine
                .Of(new WorkspaceFiles(workspace.Root), Generate(workspace).Plan)
                .Here.All.SelectMany(service => service.Ports.Select(port => $"{service.Address} {port.Host}")),
        ];
}
