using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ComposeGen.Cli;
using ComposeGen.Output;
using ComposeGen.Tests.Support;
using ComposeGen.Workspaces;

namespace ComposeGen.Tests.Output;

/// <summary>What a run remembers, and that a run which does nothing for it does what any other would have done.</summary>
public class LastRunTests
{
    private static readonly string[] Outputs = ["docker-compose.yml", "docker-compose.override.yml", "which-project.lock", ".env"];

    [Test]
    public async Task After_a_run_with_nothing_to_say_everything_is_known()
    {
        using var workspace = Workspace();

        Assert.That(IsUnchanged(workspace), Is.False);
        await Generate(workspace);
        Assert.That(IsUnchanged(workspace), Is.True);
    }

    [TestCase("which-project")]
    [TestCase("composegen.yml")]
    [TestCase("projects/web/project.yml")]
    [TestCase("projects/group/api/Dockerfile")]
    [TestCase("projects/web/.env")]
    [TestCase("projects/shop/compose.yaml")]
    [TestCase("projects/shop/more.yaml")]
    [TestCase("projects/shop/web.env")]
    [TestCase("projects/notes/requirements.txt")]
    [TestCase("compose.templates/service.yml.sbn")]
    [TestCase("docker-compose.yml")]
    [TestCase("which-project.lock")]
    [TestCase(".env")]
    public async Task A_file_that_counts_is_not_the_same_when_it_is_edited_or_gone(string file)
    {
        using var workspace = Workspace();
        await Generate(workspace);
        var before = workspace.Read(file);

        workspace.With(file, before + "\n");
        Assert.That(IsUnchanged(workspace), Is.False, "edited");
        workspace.With(file, before);
        Assert.That(IsUnchanged(workspace), Is.True, "put back");
        File.Delete(workspace.PathOf(file));
        Assert.That(IsUnchanged(workspace), Is.False, "gone");
    }

    [TestCase("projects/new/project.yml")]
    [TestCase("projects/shop/compose.override.yaml")]
    [TestCase("projects/group/deep/down/notes.ipynb")]
    [TestCase("projects/web/project.yaml")]
    [TestCase("compose.templates/more/x.sbn")]
    [TestCase("docker-compose.override.yml")]
    [TestCase("compose.yaml")]
    [TestCase("docker-compose.yml.composegen-tmp")]
    [TestCase(".git/HEAD")]
    public async Task A_file_that_is_new_is_seen(string file)
    {
        using var workspace = Workspace();
        await Generate(workspace);

        workspace.With(file, string.Empty);

        Assert.That(IsUnchanged(workspace), Is.False);
    }

    [Test]
    public async Task What_has_become_a_link_is_seen([Values("projects/web", "projects/web/project.yml", "projects/shop/web.env")] string path)
    {
        using var workspace = Workspace();
        using var elsewhere = new ScratchWorkspace();
        await Generate(workspace);

        Directory.Move(workspace.PathOf(path), elsewhere.PathOf("it"));
        File.CreateSymbolicLink(workspace.PathOf(path), elsewhere.PathOf("it"));

        Assert.That(IsUnchanged(workspace), Is.False);
    }

    [Test]
    public async Task A_file_that_has_become_a_folder_or_a_pipe_is_seen()
    {
        using var workspace = Workspace();
        await Generate(workspace);

        File.Delete(workspace.PathOf("projects/shop/web.env"));
        Directory.CreateDirectory(workspace.PathOf("projects/shop/web.env"));
        Assert.That(IsUnchanged(workspace), Is.False);
        Directory.Delete(workspace.PathOf("projects/shop/web.env"));
        Assert.That(Run.Program("mkfifo", workspace.Root, "projects/shop/web.env").ExitCode, Is.Zero);
        Assert.That(IsUnchanged(workspace), Is.False);
    }

    [Test]
    public async Task What_lies_behind_a_link_is_not_remembered()
    {
        using var workspace = Workspace().With("elsewhere/more.env", "A=1\n");
        File.Delete(workspace.PathOf("projects/shop/web.env"));
        File.CreateSymbolicLink(workspace.PathOf("projects/shop/web.env"), workspace.PathOf("elsewhere/more.env"));

        var outcome = await Generate(workspace);

        Assert.That((outcome.ExitCode, IsUnchanged(workspace)), Is.EqualTo((0, false)));
    }

    [Test]
    public async Task A_run_that_has_something_to_say_says_it_each_time()
    {
        using var workspace = Workspace().With("which-project", "**\nnobody\n");

        var first = await Generate(workspace);
        var second = await Generate(workspace);

        Assert.That(first.Error, Is.Not.Empty);
        Assert.That(second.Error, Is.EqualTo(first.Error));
    }

    [Test]
    public async Task Another_workspace_in_its_place_and_a_record_that_is_cut_off_are_not_it()
    {
        using var workspace = Workspace();
        await Generate(workspace);
        var record = RecordOf(workspace);
        var bytes = await File.ReadAllBytesAsync(record);

        foreach (var length in (int[])[0, 1, 40, bytes.Length / 2, bytes.Length - 1])
        {
            await File.WriteAllBytesAsync(record, bytes[..length]);
            Assert.That(IsUnchanged(workspace), Is.False, $"the first {length} bytes");
        }

        await File.WriteAllBytesAsync(record, [.. bytes[..^40], .. new byte[40]]);
        Assert.That(IsUnchanged(workspace), Is.False, "zeros at its end");
        await File.WriteAllBytesAsync(record, bytes);
        Assert.That(IsUnchanged(workspace), Is.True);
        using var other = new ScratchWorkspace();
        Assert.That(LastRun.Of(new WorkspaceFiles(other.Root)).IsUnchanged(), Is.False);
    }

    [Test]
    public async Task Another_build_of_the_tool_does_not_rely_on_it()
    {
        using var workspace = Workspace();
        await Generate(workspace);
        var record = RecordOf(workspace);
        var bytes = await File.ReadAllBytesAsync(record);
        var tool = typeof(LastRun).Module.ModuleVersionId.ToString();

        var at = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(tool));
        bytes[at] = (byte)(bytes[at] == '0' ? '1' : '0');
        using var reader = new BinaryReader(new MemoryStream(bytes));
        _ = reader.ReadString();
        var start = (int)reader.BaseStream.Position;
        SHA256.HashData(bytes.AsSpan(start + SHA256.HashSizeInBytes)).CopyTo(bytes, start);
        await File.WriteAllBytesAsync(record, bytes);

        Assert.That(IsUnchanged(workspace), Is.False);
    }

    [Test]
    public async Task Force_and_check_do_not_rely_on_it()
    {
        using var workspace = Workspace();
        await Generate(workspace);
        workspace.With("docker-compose.yml", workspace.Read("docker-compose.yml").Replace("alpine", "busybox", StringComparison.Ordinal));

        Assert.That((await Generate(workspace, "--check")).ExitCode, Is.Not.Zero);
        Assert.That((await Generate(workspace, "--force")).ExitCode, Is.Zero);
        Assert.That(workspace.Read("docker-compose.yml"), Does.Contain("alpine").And.Not.Contain("busybox"));
    }

    /// <summary>Whatever happens to a workspace between two runs: the second one does what it would do if the first had left no record.</summary>
    [Test]
    public async Task With_and_without_it_a_run_comes_to_the_same([Range(1, 12)] int seed)
    {
        using var workspace = Workspace();
        var random = new Random(seed);
        var done = new List<string>();
        var quick = 0;
        for (var step = 0; step < 25; step++)
        {
            done.Add(Change(workspace, random));
            var before = Texts(workspace);
            quick += IsUnchanged(workspace) ? 1 : 0;
            var with = (await Generate(workspace), Texts(workspace));
            Restore(workspace, before);
            Forget(workspace);
            var without = (await Generate(workspace), Texts(workspace));

            Assert.That(with.Item1, Is.EqualTo(without.Item1), () => string.Join(", ", done));
            Assert.That(with.Item2.Values.Select(WithoutTokens), Is.EqualTo(without.Item2.Values.Select(WithoutTokens)), () => string.Join(", ", done));
        }

        Assert.That(quick, Is.GreaterThan(0).And.LessThan(25), () => string.Join(", ", done));
    }

    private static string Change(ScratchWorkspace workspace, Random random)
    {
        var files = Directory.GetFiles(workspace.Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        var file = Path.GetRelativePath(workspace.Root, files[random.Next(files.Length)]);
        var path = workspace.PathOf(file);
        switch (random.Next(6))
        {
            case 0:
                return "nothing";
            case 1:
                File.AppendAllText(path, "\n# more\n");
                return $"more in {file}";
            case 2:
                File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
                return $"{file} touched";
            case 3 when file.Contains('/', StringComparison.Ordinal):
                var copy = Path.Combine(Path.GetDirectoryName(path)!, $"copy{random.Next(3).ToString(CultureInfo.InvariantCulture)}-{Path.GetFileName(path)}");
                File.Copy(path, copy, overwrite: true);
                return $"{file} copied";
            case 4:
                var text = File.ReadAllText(path);
                File.WriteAllText(path, text.Replace("80", "81", StringComparison.Ordinal));
                return $"80 → 81 in {file}";
            default:
                if (file is "which-project" || !file.Contains('/', StringComparison.Ordinal))
                {
                    return "nothing";
                }

                File.Move(path, path + ".off", overwrite: true);
                return $"{file} away";
        }
    }

    private static ScratchWorkspace Workspace() =>
        new ScratchWorkspace()
            .With("which-project", "**\n")
            .With("composegen.yml", "ports:\n  range: 8000-8999\n")
            .With(".gitignore", ".env\ndocker-compose.override.yml\n")
            .With("compose.templates/service.yml.sbn", File.ReadAllText(Repository.PathOf("compose.templates", "service.yml.sbn")))
            .With("projects/web/project.yml", "service:\n  build: .\n  ports: [80]\n  environment: {A: \"${A:-1}\"}\n")
            .With("projects/web/Dockerfile", "FROM alpine\n")
            .With("projects/web/.env", "A=2\n")
            .With("projects/shop/compose.yaml", "include: [more.yaml]\nservices:\n  front:\n    image: alpine\n    ports: [\"8090:80\"]\n    env_file: web.env\n")
            .With("projects/shop/more.yaml", "services:\n  db:\n    image: alpine\n")
            .With("projects/shop/web.env", "B=1\n")
            .With("projects/group/api/Dockerfile", "FROM alpine\nEXPOSE 80\n")
            .With("projects/notes/requirements.txt", "jupyter\n")
            .With("projects/notes/first.ipynb", "{}\n");

    // Each is made up when it is first needed.
    private static string? WithoutTokens(string? text) => text is null ? null : Regex.Replace(text, "_TOKEN=[0-9a-f]+", "_TOKEN=");

    private static string RecordOf(ScratchWorkspace workspace) =>
        Directory
            .GetFiles(Path.Combine(Environment.GetEnvironmentVariable(OwnCache.Variable)!, "composegen"))
            .Single(file => File.ReadAllText(file).Contains(workspace.Root, StringComparison.Ordinal));

    private static bool IsUnchanged(ScratchWorkspace workspace) => LastRun.Of(new WorkspaceFiles(workspace.Root)).IsUnchanged();

    private static Dictionary<string, string?> Texts(ScratchWorkspace workspace) =>
        Outputs.ToDictionary(file => file, file => File.Exists(workspace.PathOf(file)) ? workspace.Read(file) : null, StringComparer.Ordinal);

    private static void Restore(ScratchWorkspace workspace, Dictionary<string, string?> texts)
    {
        foreach (var (file, text) in texts)
        {
            if (text is null)
            {
                File.Delete(workspace.PathOf(file));
            }
            else
            {
                workspace.With(file, text);
            }
        }
    }

    private static void Forget(ScratchWorkspace workspace)
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable(OwnCache.Variable)!, "composegen");
        foreach (var record in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
        {
            if (File.ReadAllText(record).Contains(workspace.Root, StringComparison.Ordinal))
            {
                File.Delete(record);
            }
        }
    }

    private static async Task<Outcome> Generate(ScratchWorkspace workspace, params string[] options)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var error = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var code = await Program.Run(["generate", .. options, "-C", workspace.Root], new Terminal(output, error, HasColor: false));
        return new Outcome(code, output.ToString(), error.ToString());
    }
}
