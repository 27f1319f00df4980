
namespace ComposeGen.Tests.Cli;

/// <summary>
/// Months of a team: three checkouts of one repository, in which members add, rename and remove projects, edit what they
/// publish, and merge each other's branches, in an order that only the seed decides. COMPOSEGEN_MONTHS=100 plays so many
/// seeds, 300-400 those.
/// </summary>
public sealed class TeamMonthsTests
{
    private const int Steps = 24;

    private static readonly string? Asked = Environment.GetEnvironmentVariable("COMPOSEGEN_MONTHS");

    public static IEnumerable<int> Seeds() =>
        Asked?.Split('-').Select(int.Parse).ToList() switch
        {
            null => [3, 14, 16, 24],
            [var count] => Enumerable.Range(1, count),
            [var first, var last, ..] => Enumerable.Range(first, last - first + 1),
            _ => [],
        };

    [TestCaseSource(nameof(Seeds))]
    public void Nobodys_port_moves_in_silence_and_all_agree_in_the_end(int seed)
    {
        using var team = new TeamMonths(seed);

        for (var step = 0; step < Steps; step++)
        {
            team.Step();
        }

        team.Settle();

        TestContext.Out.WriteLine(team.Tally);
        if (Asked is not null)
        {
            return;
        }

        using (Assert.EnterMultipleScope())
        {
            // Where none of it happens, nothing was tested.
            Assert.That(team.Tally.Merges, Is.GreaterThan(2));
            Assert.That(team.Tally.Conflicts, Is.GreaterThan(2));
            Assert.That(team.Tally.Moves, Is.GreaterThan(0));
            Assert.That(team.Tally.Renames, Is.GreaterThan(0));
            Assert.That(team.Tally.Returns, Is.GreaterThan(0));
        }
    }
}
