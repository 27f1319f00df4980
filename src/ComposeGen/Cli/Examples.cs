namespace ComposeGen.Cli;

/// <summary>What help shows first: commands as people type them, and what each does.</summary>
internal static class Examples
{
    /// <summary>Those of the tool as a whole.</summary>
    public static readonly (string Line, string Does)[] OfAll =
    [
        ("composegen init", "make a workspace of this folder"),
        ("composegen new notebook course", "a project to begin with"),
        ("composegen up", "build and start what which-project selects"),
        ("composegen up -d --wait", "in the background, until everything is healthy"),
        ("composegen run project_a", "one project on this terminal, gone afterwards"),
        ("composegen down", "stop it all"),
        ("composegen generate --check", "in CI: are the committed files what their sources say?"),
    ];

    /// <summary>Those of one command.</summary>
    public static (string Line, string Does)[] Of(string command) =>
        command switch
        {
            "init" =>
            [
                ("composegen init", "find the projects in this folder, and ask what to do with them"),
                ("composegen init --dry-run", "only show what would be done"),
                ("composegen init course", "a new folder, with a notebook to begin with"),
            ],
            "new" =>
            [
                ("composegen new notebook course/week1", "Jupyter with pandas, and an image of its own"),
                ("composegen new service shop", "one service, described in a project.yml"),
                ("composegen new executable tools/report", "one executable of a project of many"),
                ("composegen new", "every kind, the team's own in compose.templates/new among them"),
            ],
            "enable" => [("composegen enable course/week1", "run it with the next `composegen up`")],
            "disable" =>
            [
                ("composegen disable shop", "the next `composegen up` stops it"),
                ("composegen disable shop:worker", "one service"),
            ],
            "list" =>
            [
                ("composegen list", "every project, and which line of which-project selects it"),
                ("composegen list -o json", "the same for a program"),
            ],
            "graph" =>
            [
                ("composegen graph", "what is selected, and who needs whom"),
                ("composegen graph -o mermaid", "for a page that draws Mermaid"),
                ("composegen graph --all -o dot | dot -Tsvg > projects.svg", "every project, drawn by Graphviz"),
            ],
            "up" =>
            [
                ("composegen up", "build and start what which-project selects; Ctrl+C stops it"),
                ("composegen up -d --wait", "in the background, until everything is healthy"),
                ("composegen up shop", "one project, and what it needs"),
                ("composegen up --remap", "move the ports that are busy on this machine"),
                ("composegen up -- --no-color", "with an option of docker compose up"),
            ],
            "run" =>
            [
                ("composegen run project_a", "build and run one project; Ctrl+C ends it"),
                ("composegen run shop:web -- sh", "a shell in the image of one service"),
            ],
            "down" =>
            [
                ("composegen down", "stop and remove everything; data in volumes stay"),
                ("composegen down -v", "and remove the volumes with their data"),
            ],
            "status" =>
            [
                ("composegen status", "how every service is, and where"),
                ("composegen status shop -o json", "one project, for a program"),
            ],
            "open" =>
            [
                ("composegen open project_a", "its page in the browser"),
                ("composegen open shop:web --print", "only the URL"),
            ],
            "logs" =>
            [
                ("composegen logs -f shop", "what all services of a project print"),
                ("composegen logs -n 20 shop:web -- --no-color", "the last lines of one, with an option of docker compose logs"),
            ],
            "ps" => [("composegen ps -a shop", "a project's containers, those that have ended too")],
            "exec" =>
            [
                ("composegen exec project_a", "a shell in its container"),
                ("composegen exec -u root shop:db redis-cli info", "one command, as another user"),
            ],
            "generate" =>
            [
                ("composegen generate", "write docker-compose.yml and which-project.lock"),
                ("composegen generate --diff", "show what would change"),
                ("composegen generate --check", "in CI: fail where they are not up to date"),
            ],
            "validate" =>
            [
                ("composegen validate", "find every mistake"),
                ("composegen validate --strict", "take warnings for errors"),
                ("composegen validate --format sarif", "for code scanning"),
            ],
            "explain" =>
            [
                ("composegen explain CG0103", "what a message means, and how to mend it"),
                ("composegen explain", "every code there is"),
            ],
            "schema" =>
            [
                ("composegen schema project.yml > project.schema.json", "for editors that check while one types"),
                ("composegen schema", "the schema of composegen.yml"),
            ],
            "ports" =>
            [
                ("composegen ports", "every port, its URL, and who has it"),
                ("composegen ports shop", "those of one project"),
                ("composegen ports -o env", "as variables, for scripts"),
            ],
            "ports explain" => [("composegen ports explain 8080", "who has it, and why it was given")],
            "ports diff" => [("composegen ports diff main", "which ports are others than on the branch main")],
            "ports move" => [("composegen ports move shop store", "the project was renamed, and keeps its ports")],
            "ports prune" => [("composegen ports prune --dry-run", "show which lines of the lock nothing needs")],
            "ports unmap" => [("composegen ports unmap", "back to the committed ports")],
            "pack" =>
            [
                ("composegen pack -o lab.tar.gz", "images and all, for a machine with Docker alone"),
                ("composegen pack shop --with-volumes -o shop.tar.gz", "one project, with its data"),
            ],
            "unpack" =>
            [
                ("composegen unpack lab.tar.gz", "check it, load it and start it"),
                ("composegen unpack lab.tar.gz --no-start", "only load it"),
            ],
            "deploy" =>
            [
                ("composegen deploy --registry registry.example.org/team", "run it on the swarm"),
                ("composegen deploy --diff", "show what would change"),
                ("composegen deploy --remove", "take it down"),
            ],
            "doctor" =>
            [
                ("composegen doctor", "what would stop up here, and the command that mends it"),
                ("composegen doctor --fix", "mend what can be mended, asking before each command"),
                ("composegen doctor -o json", "the same for a program"),
            ],
            "completion" =>
            [
                ("source <(composegen completion bash)", "in this shell; in ~/.bashrc, in every one to come"),
                ("composegen completion fish > ~/.config/fish/completions/composegen.fish", "for fish"),
            ],
            "man" => [("composegen man | man -l -", "read it"), ("composegen man > /usr/local/share/man/man1/composegen.1", "for everybody")],
            _ => [],
        };
}
