using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>
/// Host ports and subnets that are others on this machine than the lock says, and the slot that they were given for. They
/// are remembered in the generated override file itself, as comments in the form of the lock's lines.
/// </summary>
internal sealed record MachinePorts(int Slot, ImmutableArray<PortLockEntry> Ports, ImmutableArray<SubnetLockEntry> Subnets)
{
    private const string Comment = "# ";
    private const string SlotWord = "slot ";

    public static MachinePorts None { get; } = new(LocalSettings.FirstSlot, [], []);

    public bool IsEmpty => Slot == LocalSettings.FirstSlot && Ports.IsEmpty && Subnets.IsEmpty;

    /// <summary>What the comments of an override file say; lines that say something else are passed over.</summary>
    public static MachinePorts Read(SourceText source)
    {
        var memory = None;
        foreach (var line in source.Text.Split('\n'))
        {
            var text = line.TrimEnd();
            var span = new SourceSpan(source.File, 1, 1);
            if (!text.StartsWith(Comment, StringComparison.Ordinal))
            {
                continue;
            }

            text = text[Comment.Length..];
            if (text.StartsWith(SlotWord, StringComparison.Ordinal) && int.TryParse(text[SlotWord.Length..], out var slot))
            {
                memory = memory with { Slot = slot };
            }
            else if (PortLockEntry.Parse(text, span) is { } port)
            {
                memory = memory with { Ports = memory.Ports.Add(port) };
            }
            else if (SubnetLockEntry.Parse(text, span) is { } subnet)
            {
                memory = memory with { Subnets = memory.Subnets.Add(subnet) };
            }
        }

        return memory;
    }

    /// <summary>The comments, a line each.</summary>
    public IEnumerable<string> Lines() =>
        (Slot == LocalSettings.FirstSlot ? (string[])[] : [string.Create(CultureInfo.InvariantCulture, $"{SlotWord}{Slot}")])
            .Concat((new PortLock(Ports, []) { Subnets = Subnets }).Lines())
            .Select(line => Comment + line);
}
