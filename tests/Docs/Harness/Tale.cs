using System.Text.RegularExpressions;

namespace ComposeGen.Tests.Docs;

/// <summary>Blocks of one page that follow from each other.</summary>
internal sealed partial record Tale(IReadOnlyList<Block> Blocks)
{
    public bool TakesEngine => Blocks.Any(block => block.Note is { TakesEngine: true });

    public string Folder => Blocks[0].Note?.Folder ?? "team";

    public override string ToString() => Blocks[0].ToString();

    /// <summary>Each test is called after the page and what the block stands below, so that it keeps its name.</summary>
    public static IEnumerable<TestCaseData> Cases(bool onEngine) =>
        Pages
            .Tales(onEngine)
            .GroupBy(tale => $"{tale.Blocks[0].Page} {tale.Blocks[0].Heading}")
            .SelectMany(group => group.Select((tale, i) => new TestCaseData(tale).SetArgDisplayNames(i == 0 ? group.Key : $"{group.Key} {i + 1}")));

    /// <summary>Checks every block, and says of the first that is wrong where it stands.</summary>
    public void Check(Desk desk)
    {
        foreach (var block in Blocks)
        {
            desk.Prepare(block.Note);
            if (block.IsCommands)
            {
                CheckCommands(block, desk);
            }
            else if (block.Note?.Shows is { } file)
            {
                Expect(block, block.Text, desk.AsOnThePage(File.ReadAllText(desk.PathOf(file))), isWhole: false);
            }
            else if (block.Note?.Says is { } command)
            {
                Expect(block, block.Text, desk.Do(command).Text, isWhole: false);
            }
            else
            {
                desk.Write(block.File!, block.Text);
                var result = desk.Do("composegen validate");
                Assert.That(result.ExitCode, Is.Zero, $"{block.Place}: {result.Text}");
            }

            desk.AfterBlock?.Invoke(desk);
        }
    }

    private static void CheckCommands(Block block, Desk desk)
    {
        var steps = Step.Of(block.Text);
        var results = desk.Run(steps, block.Note!);
        foreach (var (step, result) in steps.Zip(results))
        {
            var place = $"{block.Place}: $ {step.Command}";
            var isFailure = Failure().IsMatch(step.Expected);
            var code = step == steps[^1] && block.Note?.ExitCode is { } said ? said : isFailure ? 1 : 0;
            if (block.Note!.Until is null || step != steps[^1])
            {
                Assert.That(result.ExitCode, Is.EqualTo(code), $"{place}\n{result.Text}");
            }

            if (step.IsCompared)
            {
                Expect(block, step.Expected, result.Text, isWhole: block.Note.Until is null, place);
            }
        }
    }

    private static void Expect(Block block, string expected, string actual, bool isWhole, string? place = null)
    {
        var (wanted, printed) = (Printed.Lines(expected), Printed.Lines(actual, Printed.HasProgress(expected)));
        if (!(isWhole ? Printed.IsMatch(wanted, printed) : Printed.IsPart(wanted, printed)))
        {
            Assert.Fail($"{place ?? block.Place}\n--- the page\n{string.Join('\n', wanted)}\n--- what is printed\n{string.Join('\n', printed)}\n---");
        }
    }

    [GeneratedRegex("(^|: )error CG", RegexOptions.Multiline)]
    private static partial Regex Failure();
}
