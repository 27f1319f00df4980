using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Planning;
using CsCheck;

namespace ComposeGen.Tests.Planning;

/// <summary>The rules of the ports, over thousands of random workspaces.</summary>
public class PortAllocatorTests
{
    private const int Samples = 3_000;
    private static readonly SourceSpan Nowhere = new("projects/p/project.yml", 1, 1);

    // Few projects, targets and wishes, so that they meet often.
    private static readonly Gen<PortNeed> Need =
        from project in Gen.Int[0, 15]
        from service in Gen.Int[0, 2]
        from target in Gen.OneOf(80, 81, 443, 3000, 5000, 8080, 8081, 8888, 32000, 50051)
        from ordinal in Gen.Int[1, 2]
        from count in Gen.Frequency((8, Gen.Const(1)), (1, Gen.Int[2, 6]))
        from wish in Gen.Frequency(
            (2, Gen.Const((int?)null)),
            (1, Gen.OneOf(80, 3001, 5000, 6665, 8080, 8081, 8082, 32767, 40000).Select(port => (int?)port))
        )
        select new PortNeed(new PortKey($"p{project}:s{service}", target, ordinal), count, wish, false, Nowhere);

    private static readonly Gen<ImmutableArray<PortNeed>> Needs = Need.Array[0, 60]
        .Select(needs => needs.DistinctBy(need => need.Key).ToImmutableArray());

    private static readonly Gen<PortLock> Lock =
        from needs in Needs
        from hosts in Gen.Int[1000, 9000].Array[needs.Length]
        select new PortLock([.. needs.Zip(hosts, (need, host) => new PortLockEntry(need.Key, need.Count, host, Nowhere))], []);

    // Room for all needs, and some of what they wish outside of it.
    private static readonly Gen<PortSettings> Settings =
        from first in Gen.Int[1024, 9000]
        from length in Gen.Int[2_000, 50_000]
        from reserved in Gen.Select(Gen.Int[1, 9000], Gen.Int[0, 100], (start, more) => new PortRange(start, start + more)).Array[0, 3]
        select PortSettings.Default with
        {
            Range = new PortRange(first, first + length),
            RangeSpan = Nowhere,
            Reserved = [.. reserved],
        };

    [Test]
    public void No_host_port_is_given_twice() =>
        Gen.Select(Needs, Lock)
            .Sample(
                (needs, locked) =>
                {
                    var given = Allocate(needs, locked)
                        .Lock.Entries.SelectMany(entry => Enumerable.Range(entry.Host, entry.Count))
                        .ToList();
                    return given.Count == given.Distinct().Count();
                },
                iter: Samples
            );

    [Test]
    public void Every_need_is_met() =>
        Gen.Select(Needs, Lock)
            .Sample(
                (needs, locked) =>
                {
                    var hosts = Allocate(needs, locked).Hosts;
                    return needs.All(need => hosts.ContainsKey(need.Key));
                },
                iter: Samples
            );

    [Test]
    public void The_order_of_needs_and_of_the_locks_lines_changes_nothing() =>
        Gen.Select(Needs, Lock)
            .SelectMany(
                (needs, locked) =>
                    Gen.Select(Gen.Const(needs), Gen.Const(locked), Gen.Shuffle(needs.ToArray()), Gen.Shuffle(locked.Entries.ToArray()))
            )
            .Sample(
                (needs, locked, shuffledNeeds, shuffledLines) =>
                {
                    var shuffled = Allocate([.. shuffledNeeds], locked with { Entries = [.. shuffledLines] });
                    return shuffled.Lock.ToText() == Allocate(needs, locked).Lock.ToText();
                },
                iter: Samples
            );

    [Test]
    public void Adding_projects_moves_nobody() =>
        Gen.Select(Needs, Needs)
            .Sample(
                (first, added) =>
                {
                    var before = Allocate(first, PortLock.Empty);
                    var after = Allocate([.. first.Concat(added).DistinctBy(need => need.Key)], before.Lock);
                    return first.All(need => after.Hosts[need.Key] == before.Hosts[need.Key]);
                },
                iter: Samples
            );

    [Test]
    public void A_project_that_comes_back_gets_its_ports_again() =>
        Gen.Select(Needs, Needs)
            .Sample(
                (needs, others) =>
                {
                    var before = Allocate(needs, PortLock.Empty);
                    var rivals = others.Where(need => !before.Hosts.ContainsKey(need.Key)).ToImmutableArray();
                    var without = Allocate(rivals, before.Lock);
                    var after = Allocate([.. needs, .. rivals], without.Lock);
                    return needs.All(need => after.Hosts[need.Key] == before.Hosts[need.Key]);
                },
                iter: Samples
            );

    [Test]
    public void The_lock_alone_is_enough_to_reproduce() =>
        Gen.Select(Needs, Lock)
            .Sample(
                (needs, locked) =>
                {
                    var first = Allocate(needs, locked).Lock.ToText();
                    var again = Allocate(needs, PortLock.Read(new SourceText(PortLock.FileName, first), new DiagnosticBag()));
                    return again.Lock.ToText() == first && again.Repairs.IsEmpty;
                },
                iter: Samples
            );

    [Test]
    public void Nothing_is_given_without_a_demand_that_browsers_refuse_or_systems_use() =>
        Needs.Sample(
            needs =>
                Allocate(needs, PortLock.Empty)
                    .Lock.Entries.All(entry =>
                        Enumerable
                            .Range(entry.Host, entry.Count)
                            .All(port =>
                                port
                                    is >= 1024
                                        and < 32768
                                        and not (5000 or 7000 or 6000 or 6665 or 6666 or 6667 or 6668 or 6669 or 6697 or 10080)
                            )
                    ),
            iter: Samples
        );

    [Test]
    public void Nothing_is_given_without_a_demand_that_the_settings_rule_out() =>
        Gen.Select(Needs, Settings)
            .Sample(
                (needs, settings) =>
                    Allocate(needs, PortLock.Empty, settings)
                        .Lock.Entries.SelectMany(entry => Enumerable.Range(entry.Host, entry.Count))
                        .All(port => settings.Range.Contains(port) && !settings.Reserved.Any(reserved => reserved.Contains(port))),
                iter: Samples
            );

    [Test]
    public void Settings_that_come_later_move_nobody() =>
        Gen.Select(Needs, Needs, Settings)
            .Sample(
                (first, added, settings) =>
                {
                    var before = Allocate(first, PortLock.Empty);
                    var after = Allocate([.. first.Concat(added).DistinctBy(need => need.Key)], before.Lock, settings);
                    return first.All(need => after.Hosts[need.Key] == before.Hosts[need.Key]) && after.Repairs.IsEmpty;
                },
                iter: Samples
            );

    [TestCase(80, 8080)]
    [TestCase(443, 8443)]
    [TestCase(8500, 8500)]
    [TestCase(3306, 8306)]
    [TestCase(50051, 8051)]
    [TestCase(999, 8000)]
    public void A_number_that_a_range_does_not_hold_becomes_one_that_resembles_it_or_the_first(int target, int host)
    {
        var settings = PortSettings.Default with { Range = new PortRange(8000, 8899) };
        var need = new PortNeed(new PortKey("p:p", target), 1, null, false, Nowhere);

        Assert.That(Allocate([need], PortLock.Empty, settings).Hosts[need.Key], Is.EqualTo(host));
    }

    [Test]
    public void A_demand_is_given_whatever_others_wish() =>
        Gen.Select(Needs, Gen.Int[1, 65535])
            .Sample(
                (needs, port) =>
                {
                    var demand = new PortNeed(new PortKey("q:q", 80), 1, port, true, Nowhere);
                    return Allocate([.. needs, demand], PortLock.Empty).Hosts[demand.Key] == port;
                },
                iter: Samples
            );

    [Test]
    public void Both_sides_of_a_merge_are_repaired_alike() =>
        Gen.Select(Needs, Needs, Needs)
            .Sample(
                (common, ours, theirs) =>
                {
                    var trunk = Allocate(common, PortLock.Empty).Lock;
                    var left = Allocate([.. common.Concat(ours).DistinctBy(need => need.Key)], trunk).Lock;
                    var right = Allocate([.. common.Concat(theirs).DistinctBy(need => need.Key)], trunk).Lock;
                    ImmutableArray<PortNeed> all = [.. common.Concat(ours).Concat(theirs).DistinctBy(need => need.Key)];
                    var there = Allocate(all, new PortLock([.. left.Entries, .. right.Entries.Except(left.Entries)], []));
                    var here = Allocate(all, new PortLock([.. right.Entries, .. left.Entries.Except(right.Entries)], []));
                    return there.Lock.ToText() == here.Lock.ToText()
                        && common.All(need => here.Hosts[need.Key] == trunk.Entries.Single(entry => entry.Key == need.Key).Host);
                },
                iter: Samples
            );

    [Test]
    public void A_range_that_grows_takes_no_port_that_another_line_holds()
    {
        PortKey grows = new("a:a", 8081), stays = new("b:b", 80);
        var locked = new PortLock([new PortLockEntry(grows, 1, 8081, Nowhere), new PortLockEntry(stays, 1, 8082, Nowhere)], []);

        var hosts = Allocate([new PortNeed(grows, 3, 8081, false, Nowhere), new PortNeed(stays, 1, null, false, Nowhere)], locked).Hosts;

        Assert.That(hosts[stays], Is.EqualTo(8082));
        Assert.That(hosts[grows], Is.Not.InRange(8080, 8082));
    }

    [Test]
    public void A_full_range_is_an_error_and_no_overlap()
    {
        var bag = new DiagnosticBag();
        var needs = Enumerable.Range(0, 40).Select(i => new PortNeed(new PortKey($"p:s{i}", 1000), 1000, null, false, Nowhere));

        var allocation = PortAllocator.Allocate(needs, PortLock.Empty, PortSettings.Default, bag);

        var given = allocation.Lock.Entries.SelectMany(entry => Enumerable.Range(entry.Host, entry.Count)).ToList();
        Assert.That(given, Is.Unique);
        Assert.That(bag.Sorted().Select(diagnostic => diagnostic.Code), Does.Contain("CG0504"));
    }

    private static PortAllocation Allocate(ImmutableArray<PortNeed> needs, PortLock locked, PortSettings? settings = null)
    {
        var bag = new DiagnosticBag();
        var allocation = PortAllocator.Allocate(needs, locked, settings ?? PortSettings.Default, bag);
        return bag.HasErrors ? throw new AssertionException(bag.Sorted()[0].Message) : allocation;
    }
}
