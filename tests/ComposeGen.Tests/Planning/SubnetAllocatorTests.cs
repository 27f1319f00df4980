using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Planning;
using CsCheck;

namespace ComposeGen.Tests.Planning;

/// <summary>The rules of the networks' subnets, over thousands of random workspaces.</summary>
public class SubnetAllocatorTests
{
    private const int Samples = 2_000;
    private static readonly SourceSpan Nowhere = new("composegen.yml", 1, 1);
    private static readonly NetworkPool Pool = NetworkPool.Default;

    // Few places in the pool, so that they meet often, and some outside of it.
    private static readonly Gen<Subnet> Range =
        from first in Gen.Int[0, 20 * 1024]
        from length in Gen.Int[20, 28]
        from isInside in Gen.Frequency((5, Gen.Const(true)), (1, Gen.Const(false)))
        select new Subnet((isInside ? Pool.Range.First : Pool.Range.First << 1) + first, length);

    private static readonly Gen<ImmutableArray<Subnet>> Declared = Range.Array[0, 4].Select(ranges => ranges.ToImmutableArray());

    private static readonly Gen<ImmutableSortedSet<string>> Networks = Gen.Int[0, 99]
        .Array[0, 60]
        .Select(numbers => numbers.Select(number => $"n{number}").ToImmutableSortedSet(StringComparer.Ordinal));

    private static readonly Gen<NetworkNeeds> Needs = Gen.Select(
        Networks,
        Declared,
        Gen.Frequency((9, Gen.Int[1, 20]), (1, Gen.Int[1, 600])).Array[100],
        (networks, declared, containers) =>
            new NetworkNeeds(networks, declared)
            {
                Containers = containers.Select((count, i) => (Network: $"n{i}", count)).ToImmutableDictionary(pair => pair.Network, pair => pair.count),
            }
    );

    private static readonly Gen<PortLock> Lock = Gen.Select(
        Gen.Int[0, 99].Array[0, 30],
        Range.Array[30],
        (numbers, ranges) => Locked(numbers.Zip(ranges, (number, range) => new SubnetLockEntry($"n{number}", range, Nowhere)))
    );

    [Test]
    public void No_two_subnets_overlap_nor_does_one_overlap_what_a_descriptor_says() =>
        Gen.Select(Needs, Lock)
            .Sample(
                (needs, locked) =>
                {
                    var lines = Allocate(needs, locked).Lines;
                    return !lines.Any(line =>
                        needs.Declared.Any(line.Subnet.Overlaps)
                        || lines.Any(other => other != line && (other.Network == line.Network || other.Subnet.Overlaps(line.Subnet)))
                    );
                },
                iter: Samples
            );

    [Test]
    public void Every_subnet_has_an_address_for_each_container() =>
        Gen.Select(Needs, Lock)
            .Sample(
                (needs, locked) =>
                    Allocate(needs, locked).Subnets.All(subnet => subnet.Value.Size - 3 >= needs.Containers[subnet.Key]),
                iter: Samples
            );

    [TestCase(253, "10.208.0.0/24")]
    [TestCase(254, "10.208.2.0/23")]
    public void A_network_that_outgrows_its_subnet_moves_and_it_is_said(int containers, string expected)
    {
        var held = new SubnetLockEntry("n1", Subnet.Parse("10.208.0.0/24")!.Value, Nowhere);
        var needs = new NetworkNeeds(["n1"], []) { Containers = ImmutableDictionary<string, int>.Empty.Add("n1", containers) };
        var other = new SubnetLockEntry("n0", Subnet.Parse("10.208.1.0/24")!.Value, Nowhere);

        var allocation = Allocate(needs, Locked([held, other]));

        Assert.That(allocation.Subnets["n1"].ToString(), Is.EqualTo(expected));
        Assert.That(allocation.News.Select(news => news.Code), Is.EqualTo(expected == "10.208.0.0/24" ? (string[])[] : ["CG0426"]));
    }

    [Test]
    public void Beyond_the_limit_every_network_has_a_subnet_and_up_to_it_only_who_has_a_line() =>
        Gen.Select(Needs, Lock)
            .Sample(
                (needs, locked) =>
                {
                    var lines = locked.Subnets.Select(line => line.Network).ToHashSet();
                    var isForAll = needs.Networks.Count > SubnetAllocator.LeftToDocker;
                    var expected = needs.Networks.Where(network => isForAll || lines.Contains(network));
                    return Allocate(needs, locked).Subnets.Keys.SequenceEqual(expected);
                },
                iter: Samples
            );

    [Test]
    public void The_order_of_the_locks_lines_and_of_what_is_declared_changes_nothing() =>
        Gen.Select(Needs, Lock)
            .SelectMany(
                (needs, locked) =>
                    Gen.Select(
                        Gen.Const(needs),
                        Gen.Const(locked),
                        Gen.Shuffle(needs.Declared.ToArray()),
                        Gen.Shuffle(locked.Subnets.ToArray())
                    )
            )
            .Sample(
                (needs, locked, declared, lines) =>
                    Text(Allocate(needs with { Declared = [.. declared] }, Locked(lines))) == Text(Allocate(needs, locked)),
                iter: Samples
            );

    [Test]
    public void Adding_and_removing_networks_moves_nobody() =>
        Gen.Select(Needs, Networks, Networks)
            .Sample(
                (first, added, removed) =>
                {
                    var before = Allocate(first, PortLock.Empty);
                    var then = first with { Networks = first.Networks.Union(added).Except(removed) };
                    var after = Allocate(then, Locked(before.Lines));
                    return before.Lines.All(after.Lines.Contains)
                        && then.Networks.All(network =>
                            !before.Subnets.TryGetValue(network, out var subnet) || after.Subnets[network] == subnet
                        );
                },
                iter: Samples
            );

    [Test]
    public void The_lock_alone_is_enough_to_reproduce() =>
        Gen.Select(Needs, Lock)
            .Sample(
                (needs, locked) =>
                {
                    var first = Text(Allocate(needs, locked));
                    var again = Allocate(needs, PortLock.Read(new SourceText(PortLock.FileName, first), new DiagnosticBag()));
                    return Text(again) == first && again.Repairs.IsEmpty;
                },
                iter: Samples
            );

    [Test]
    public void Both_sides_of_a_merge_are_repaired_alike_and_the_trunks_networks_stay() =>
        Gen.Select(Needs, Networks, Networks)
            .Where((common, _, _) => common.Networks.Count > SubnetAllocator.LeftToDocker)
            .Sample(
                (common, ours, theirs) =>
                {
                    var trunk = Locked(Allocate(common, PortLock.Empty).Lines);
                    var left = Allocate(common with { Networks = common.Networks.Union(ours) }, trunk).Lines;
                    var right = Allocate(common with { Networks = common.Networks.Union(theirs) }, trunk).Lines;
                    var all = common with { Networks = common.Networks.Union(ours).Union(theirs) };
                    var there = Allocate(all, Locked(left.Concat(right.Except(left))));
                    var here = Allocate(all, Locked(right.Concat(left.Except(right))));
                    return Text(there) == Text(here) && trunk.Subnets.All(there.Lines.Contains);
                },
                iter: Samples
            );

    [TestCase("10.213.0.0/16", 128, 24)]
    [TestCase("10.213.0.0/16", 129, 25)]
    [TestCase("10.213.0.0/16", 4096, 28)]
    [TestCase("10.0.0.0/12", 10_000, 26)]
    [TestCase("10.0.0.0/24", 16, 28)]
    public void Subnets_are_as_large_as_the_pool_allows(string pool, int networks, int length)
    {
        var free = SubnetRanges.Free(Subnet.Parse(pool)!.Value, [], [.. Enumerable.Repeat(new SubnetSize(2), networks)]);
        Assert.That(free.Select(subnet => subnet?.Length), Is.All.EqualTo(length));
    }

    [Test]
    public void A_workspace_that_grows_one_by_one_finds_room_for_hundreds()
    {
        var taken = new List<Subnet>();
        for (var i = 0; i < 700; i++)
        {
            taken.Add(SubnetRanges.Free(Pool.Range, taken, [new SubnetSize(2)])[0]!.Value);
        }

        Assert.That(taken, Has.Count.EqualTo(700));
    }

    [Test]
    public void Ten_thousand_networks_have_room_in_a_wide_pool_and_keep_it()
    {
        var pool = new NetworkPool(new Subnet(10L << 24, 12), Nowhere);
        var networks = Enumerable.Range(0, 10_000).Select(i => $"n{i}").ToImmutableSortedSet(StringComparer.Ordinal);
        var needs = new NetworkNeeds(networks, []);
        var bag = new DiagnosticBag();

        var first = SubnetAllocator.Allocate(needs, PortLock.Empty, pool, bag);
        var again = SubnetAllocator.Allocate(needs, Locked(first.Lines), pool, bag);

        Assert.That(bag.Sorted(), Is.Empty);
        Assert.That(first.Subnets, Has.Count.EqualTo(networks.Count));
        Assert.That(again.Lines, Is.EqualTo(first.Lines));
    }

    [Test]
    public void A_full_pool_is_an_error_and_who_has_a_subnet_keeps_it()
    {
        var pool = new NetworkPool(new Subnet(10L << 24, 24), Nowhere);
        var bag = new DiagnosticBag();
        var networks = Enumerable.Range(0, 30).Select(i => $"n{i}").ToImmutableSortedSet(StringComparer.Ordinal);
        var held = new SubnetLockEntry("n9", new Subnet((10L << 24) + 128, 25), Nowhere);

        var allocation = SubnetAllocator.Allocate(new NetworkNeeds(networks, []), Locked([held]), pool, bag);

        Assert.That(bag.Sorted().Select(diagnostic => diagnostic.Code), Is.EqualTo((string[])["CG0421"]));
        Assert.That(allocation.Lines, Does.Contain(held));
        Assert.That(allocation.Lines, Has.Length.EqualTo(9));
    }

    [TestCase("10.0.0.0/24", "10.0.0.0/24")]
    [TestCase("10.0.0.77/24", "10.0.0.0/24")]
    [TestCase("255.255.255.255/32", "255.255.255.255/32")]
    [TestCase("0.0.0.0/0", "0.0.0.0/0")]
    [TestCase("10.0.0/24", null)]
    [TestCase("10.0.0.256/24", null)]
    [TestCase("10.0.0.0/33", null)]
    [TestCase("10.0.0.0", null)]
    [TestCase("10.0.0.+1/24", null)]
    [TestCase("fd00::/64", null)]
    [TestCase("${POOL}", null)]
    public void A_range_is_read_as_Docker_reads_it(string text, string? expected) =>
        Assert.That(Subnet.Parse(text)?.ToString(), Is.EqualTo(expected));

    private static SubnetAllocation Allocate(NetworkNeeds needs, PortLock locked)
    {
        var bag = new DiagnosticBag();
        var allocation = SubnetAllocator.Allocate(needs, locked, Pool, bag);
        return bag.HasErrors ? throw new AssertionException(bag.Sorted()[0].Message) : allocation;
    }

    private static PortLock Locked(IEnumerable<SubnetLockEntry> lines) => PortLock.Empty with { Subnets = [.. lines] };

    private static string Text(SubnetAllocation allocation) => Locked(allocation.Lines).ToText();
}
