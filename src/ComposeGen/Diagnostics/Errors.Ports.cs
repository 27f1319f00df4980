using System.Globalization;

namespace ComposeGen.Diagnostics;

// CG05: ports and their lock.
internal static partial class Errors
{
    public static Diagnostic TwoDemands(SourceSpan span, string service, string other, int port) =>
        Error(
            "CG0501",
            span,
            $"`{service}` and `{other}` both demand host port {port}",
            "remove `x-fixed` from one of the two, or give it another `published`"
        );

    public static Diagnostic TwoDemandsForTarget(SourceSpan span, int target) =>
        Error(
            "CG0502",
            span,
            $"tcp and udp of container port {target} get one host port, but two are demanded",
            "demand the same number for both"
        );

    public static Diagnostic DemandForHeldPort(SourceSpan span, string service, int port, string holder) =>
        Error(
            "CG0503",
            span,
            $"`{service}` demands host port {port}, which `{holder}` holds",
            $"demand another port, or delete the line of `{holder}` from which-project.lock so that it gets a new one"
        );

    public static Diagnostic NoPortLeft(SourceSpan span, string service, int count) =>
        Error(
            "CG0504",
            span,
            string.Create(
                CultureInfo.InvariantCulture,
                $"no {(count == 1 ? "host port is" : $"{count} host ports in a row are")} left for `{service}`"
            ),
            "remove lines of projects that are gone from which-project.lock, or set a wider `ports.range` in composegen.yml"
        );

    public static Diagnostic WishNotGranted(SourceSpan span, string service, int given, string why) =>
        Note("CG0505", span, $"{service} gets host port {given}: {why}");

    public static Diagnostic WishChanged(SourceSpan span, string service, int wish, int held, SourceSpan line) =>
        Note(
            "CG0506",
            span,
            $"{service} keeps host port {held} though it publishes {wish}, which is free: to move it there, delete line {line.Line} of {line.File}"
        );

    public static Diagnostic LockConflictMarker(SourceSpan span) =>
        Warning(
            "CG0507",
            span,
            "a merge left its conflict marker here",
            "run `composegen generate`, which keeps what can be kept of both sides"
        );

    public static Diagnostic LockLine(SourceSpan span) =>
        Warning(
            "CG0508",
            span,
            "this is not a line of the lock",
            "run `composegen generate`, which writes the file anew from what can be read"
        );

    public static Diagnostic LockTwice(SourceSpan span, string service, int kept) =>
        Warning("CG0509", span, $"{service} has two lines for one port; it keeps {kept}", "run `composegen generate`");

    public static Diagnostic LockMoved(SourceSpan span, string service, string host, string now) =>
        Warning("CG0510", span, $"host port {host} is given twice: {service} moves to {now}", "run `composegen generate`");

    public static Diagnostic RangeMoved(SourceSpan span, string service, string host, string now) =>
        Warning("CG0510", span, $"there is no room for more ports behind {host}: {service} moves to {now}", "run `composegen generate`");

    public static Diagnostic LockTombstoneDropped(SourceSpan span, string service, string host) =>
        Warning(
            "CG0511",
            span,
            $"host port {host}, kept for {service} which no longer publishes it, is now another's",
            "run `composegen generate`"
        );

    public static Diagnostic LockVersion(SourceSpan span) =>
        Error("CG0512", span, "this lock was written by a newer composegen", "use that version, or one that is newer still");

    public static Diagnostic LockNotWhole(SourceSpan span, string missing) =>
        Warning(
            "CG0515",
            span,
            $"this lock is not whole: its line `{missing}` is missing, and maybe others",
            $"take it back from git: git checkout -- {span.File}; or run `composegen generate`, which goes by what can be read"
        );

    public static Diagnostic LockLineCut(SourceSpan span) =>
        Warning(
            "CG0515",
            span,
            "the file ends within this line, so it is not used",
            $"take the file back from git: git checkout -- {span.File}; or run `composegen generate`, which goes by what can be read"
        );

    public static Diagnostic LockMissing(string file, string generated) =>
        Warning(
            "CG0516",
            null,
            $"{file} is missing, and {generated} was generated from one",
            $"take it back from git: git checkout -- {file}; or run `composegen generate`, which goes by the ports in {generated}"
        );

    public static Diagnostic Renamed(SourceSpan? span, string old, string now, string because) =>
        Note("CG0517", span, $"`{now}` is what `{old}` was ({because}): it keeps its ports");

    public static Diagnostic MaybeRenamed(SourceSpan? span, string project, IReadOnlyCollection<string> gone) =>
        Note(
            "CG0518",
            span,
            gone.Count == 1
                ? $"`{project}` gets ports of its own; if it is what `{gone.First()}` was: composegen ports move {gone.First()} {project}"
                : $"`{project}` gets ports of its own; if it is what one of {Suggest.List(gone)} was: composegen ports move OLD {project}"
        );

    public static Diagnostic NoLines(string name, IReadOnlyCollection<string> gone) =>
        Error("CG0519", null, $"the lock has no port of `{name}`", Suggest.Hint(name, gone, "every line in it belongs to something that is there"));

    public static Diagnostic StillThere(string name) =>
        Error("CG0519", null, $"`{name}` is still there, and needs its ports itself", "remove or rename its folder first");

    public static Diagnostic LostLine(SourceSpan span, string service, string host) =>
        Note("CG0521", span, $"{service} keeps host port {host}, whose line was lost in the merge");

    public static Diagnostic LostPort(SourceSpan span, string service, string host, string holder) =>
        Note("CG0521", span, $"{service} gets another host port than it had before the merge: {holder} has {host} now");

    public static Diagnostic LostSubnet(string network, string subnet, bool isFree) =>
        Note(
            "CG0521",
            null,
            isFree
                ? $"network {network} keeps {subnet}, whose line was lost in the merge"
                : $"network {network} gets another subnet than it had before the merge: {subnet} overlaps another's now"
        );

    public static Diagnostic NoRevision(string revision) =>
        Error("CG0525", null, $"git knows no revision `{revision}`", "in CI, fetch it first: git fetch origin main");

    public static Diagnostic NoRepository(string said) =>
        Error("CG0525", null, $"git cannot be asked: {said}", "`ports diff` compares with the lock at a git revision");

    public static Diagnostic PortOfEnvironment(SourceSpan span, string variable, int host, string service, string holder) =>
        Warning(
            "CG0513",
            span,
            $"`{variable}` is not used for the host port of `{service}`: `{holder}` has {host.ToString(CultureInfo.InvariantCulture)}",
            "leave the line out, or set it to a port that nobody has"
        );

    public static Diagnostic AddressOfEnvironment(SourceSpan span, string variable) =>
        Warning(
            "CG0514",
            span,
            $"of `{variable}` only the port is used: the address before it is not",
            "write the address into the Compose file, in front of the port"
        );

    public static Diagnostic PortsOutsideRange(SourceSpan span, string service, string host, int count) =>
        Note(
            "CG0520",
            span,
            count == 1
                ? $"{service} keeps host port {host}, outside of this range: to move it, delete its line from which-project.lock"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{count} ports stay outside of this range: to move them, delete their lines from which-project.lock"
                )
        );
}
