using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docs;

/// <summary>The workspaces that blocks begin in: folders below tests/Docs/Workspaces, and the repository's own.</summary>
internal static class Sets
{
    /// <summary>A script that a folder may hold, for what is no file: commits, a first `generate`.</summary>
    private const string Script = "set-up.sh";

    private const string Sample = "sample";

    /// <summary>An empty folder, for commands that make a workspace.</summary>
    private const string Nothing = "nothing";

    /// <summary>Puts them into the workspace, one over the other. What one has in a folder `home` goes into the reader's home.</summary>
    public static void Lay(IReadOnlyList<string> names, Desk desk)
    {
        if (desk.Address != Desk.UsualAddress && !names.Contains(Nothing))
        {
            PublishOn(desk.Address, desk);
        }

        foreach (var name in names)
        {
            Lay(name, desk);
        }

        foreach (var name in names.Where(name => File.Exists(Path.Combine(FolderOf(name), Script))))
        {
            var result = desk.Do($"cd '{desk.Root}' && sh -eu '{Path.Combine(FolderOf(name), Script)}'");
            Assert.That(result.ExitCode, Is.Zero, $"{name}/{Script}: {result.Text}");
        }
    }

    private static string FolderOf(string name) => Repository.PathOf("tests", "Docs", "Workspaces", name);

    private static void Lay(string name, Desk desk)
    {
        if (name == Nothing)
        {
            return;
        }

        if (name == Sample)
        {
            LaySample(desk);
            return;
        }

        var folder = FolderOf(name);
        Assert.That(Directory.Exists(folder), $"there is no {folder}");
        Assert.That(
            desk.Address == Desk.UsualAddress || !File.Exists(Path.Combine(folder, "composegen.yml")),
            $"{name}: the settings of blocks on an engine are the harness's: which address has the ports"
        );
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(file => file != Path.Combine(folder, Script)))
        {
            var path = Path.GetRelativePath(folder, file);
            Copy(file, path.StartsWith("home/", StringComparison.Ordinal) ? Path.Combine(desk.Home, path[5..]) : Path.Combine(desk.Root, path), desk);
        }
    }

    // All ports of the workspace on one address; a version of Python that the stand-ins for images have, too.
    private static void PublishOn(string address, Desk desk) =>
        desk.Write("composegen.yml", $"ports: {{host_ip: {address}}}\npython: \"3.11\"\n");

    private static void LaySample(Desk desk)
    {
        foreach (var file in (string[])["which-project", "which-project.lock", "docker-compose.yml", ".gitignore"])
        {
            Copy(Repository.PathOf(file), Path.Combine(desk.Root, file));
        }

        foreach (var part in (string[])["projects", "compose.templates"])
        {
            var folder = Repository.PathOf(part);
            foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
            {
                Copy(file, Path.Combine(desk.Root, part, Path.GetRelativePath(folder, file)));
            }
        }

        Assert.That(desk.Do("composegen generate").ExitCode, Is.Zero);
    }

    // What a file says of 127.0.0.1 is of the address that the page calls so.
    private static void Copy(string from, string to, Desk desk)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.WriteAllText(to, File.ReadAllText(from).Replace(Desk.UsualAddress, desk.Address, StringComparison.Ordinal));
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to, overwrite: true);
    }
}
