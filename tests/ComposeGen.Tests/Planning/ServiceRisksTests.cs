using ComposeGen.Cli;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Planning;

public class ServiceRisksTests
{
    [TestCase("privileged: true", "CG0390", "true")]
    [TestCase("privileged: \"yes\"", "CG0390", "\"yes\"")]
    [TestCase("volumes: [\"/var/run/docker.sock:/var/run/docker.sock:ro\"]", "CG0391", "\"/var")]
    [TestCase("volumes: [{type: bind, source: \"${SOCKET:-/run/user/1000/docker.sock}\", target: /s}]", "CG0391", "{type")]
    [TestCase("use_api_socket: true", "CG0391", "true")]
    [TestCase("network_mode: host", "CG0392", "host")]
    [TestCase("pid: host", "CG0392", "host")]
    [TestCase("volumes: [\"/etc:/etc\"]", "CG0393", "\"/etc:")]
    [TestCase("volumes: [\"../../../x:/x\"]", "CG0393", "\"..")]
    [TestCase("volumes: [\"~/x:/x\"]", "CG0393", "\"~")]
    [TestCase("ports: [\"0.0.0.0:8080:80\"]", "CG0394", "\"0.0")]
    [TestCase("ports: [{target: 80, host_ip: \"::\"}]", "CG0394", "{target")]
    public void A_risk_is_said_once_at_its_place_and_can_be_forbidden(string key, string code, string at)
    {
        using var workspace = Workspace($"{key}");
        var column = $"  web: {{image: i, {key}}}".IndexOf(at, StringComparison.Ordinal) + 1;

        var validate = Run(workspace, "validate");
        var generate = Run(workspace, "generate", "--stdout");
        workspace.With("composegen.yml", $"warnings: {{errors: [{code}]}}\n");
        var forbidden = Run(workspace, "generate", "--stdout");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(validate.ExitCode, Is.Zero);
            Assert.That(validate.Error.Split('\n').Where(line => line.Contains(" CG039", StringComparison.Ordinal)), Is.EqualTo([validate.Error.Split('\n')[0]]));
            Assert.That(validate.Error, Does.StartWith($"projects/shop/compose.yml:2:{column}: warning {code}: shop "));
            Assert.That(generate.Error, Does.Not.Contain(code));
            Assert.That(forbidden.ExitCode, Is.EqualTo(1));
            Assert.That(forbidden.Error, Does.Contain($"error {code}"));
        }
    }

    [TestCase("privileged: false")]
    [TestCase("network_mode: bridge")]
    [TestCase("volumes: [\"./data:/data\", \"../shared:/s\", \"/anonymous\", \"${ANYWHERE}:/x\"]")]
    [TestCase("ports: [80, \"127.0.0.1:81:81\", \"[::1]:82:82\"]")]
    public void What_stays_inside_is_no_risk(string key)
    {
        using var workspace = Workspace(key);

        Assert.That(Run(workspace, "validate").Error, Does.Not.Contain("CG039"));
    }

    private static ScratchWorkspace Workspace(string key) =>
        new ScratchWorkspace().With("which-project", "shop\n").With("projects/shop/compose.yml", $"services:\n  web: {{image: i, {key}}}\n");

    private static Outcome Run(ScratchWorkspace workspace, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = Program.Run([.. arguments, "-C", workspace.Root], new Terminal(output, error, HasColor: false)).GetAwaiter().GetResult();
        return new Outcome(code, output.ToString(), error.ToString());
    }
}
