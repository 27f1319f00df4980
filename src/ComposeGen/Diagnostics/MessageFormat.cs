namespace ComposeGen.Diagnostics;

/// <summary>How messages are printed.</summary>
internal enum MessageFormat
{
    /// <summary>For people: the line with the place marked, and a hint.</summary>
    Text,

    /// <summary>One line each, as compilers print them: <c>file(line,column): error CG0107: text</c>.</summary>
    Plain,

    /// <summary>One JSON document.</summary>
    Json,

    /// <summary>SARIF 2.1.0, which code scanning services read.</summary>
    Sarif,

    /// <summary>Workflow commands of GitHub Actions, which it shows beside the lines of a pull request.</summary>
    GitHub,

    /// <summary>The code quality report of GitLab, which it shows in merge requests.</summary>
    GitLab,
}
