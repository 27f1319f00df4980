namespace ComposeGen.Manifests;

/// <summary>
/// A member is an executable of its project, known by the path of its folder below the project's: <c>apps/api</c>. Its
/// service is called like that path, <c>apps-api</c>, so that two folders may each have a <c>server</c>.
/// </summary>
internal static class MemberNames
{
    // A folder may be called what a service may not ("été", "my course"): what is left of it then has to do.
    public static string ServiceName(string path) =>
        string.Concat(path.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-'));

    /// <summary>What something of a member is called in the project; the member's own name for an empty one.</summary>
    public static string Join(string member, string name) => name.Length == 0 ? ServiceName(member) : $"{ServiceName(member)}-{name}";

    /// <summary>Whether <paramref name="member"/> is the folder at <paramref name="path"/> or lies below it.</summary>
    public static bool IsAtOrBelow(string? member, string path) =>
        member is not null
        && member.StartsWith(path, StringComparison.Ordinal)
        && (member.Length == path.Length || member[path.Length] == '/');

    /// <summary>A service's own path: its member's, or with its name below that where the member has <c>services</c>.</summary>
    public static string Path(string service, string member) =>
        service.Length > member.Length && service[..member.Length] == ServiceName(member)
            ? $"{member}/{service[(member.Length + 1)..]}"
            : member;

    /// <summary>
    /// The service that a path means: the one whose path it is, or the only one that the member has; null
    /// where there is none, or several to choose from.
    /// </summary>
    /// <param name="services">Names of services, each with the path of the member that it belongs to, if any.</param>
    /// <param name="path">The member's path, relative to what the members' paths are relative to.</param>
    public static string? Find(IEnumerable<(string Service, string? Member)> services, string path)
    {
        var members = services.Where(pair => pair.Member is not null).ToList();
        var own = members.FindAll(pair => pair.Member == path);
        return own.Count == 1 ? own[0].Service : members.Find(pair => Path(pair.Service, pair.Member!) == path).Service;
    }
}
