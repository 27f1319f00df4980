using ComposeGen.Manifests;

namespace ComposeGen.Workspaces;

/// <summary>What a path in <c>which-project</c> names: a project, or within one a member or a folder of members.</summary>
internal readonly record struct SelectedPlace(Project Project, string? Member)
{
    public string Path => Member is null ? Project.Path : $"{Project.Path}/{Member}";

    public IEnumerable<ServiceDeclaration> Services => Member is null ? Project.Descriptor.Services : Project.Descriptor.AtOrBelow(Member);

    /// <summary>What <c>place:name</c> means: the service of that name, or those of the member that is called so.</summary>
    public IEnumerable<ServiceDeclaration> Named(string name)
    {
        var named = Member is null ? Services.Where(service => service.Name == name).ToList() : [];
        return named.Count > 0 ? named : Project.Descriptor.AtOrBelow(Member is null ? name : $"{Member}/{name}");
    }

    /// <summary>Every place of a project.</summary>
    public static IEnumerable<SelectedPlace> Of(Project project) =>
        project.Descriptor.MemberPaths.Select(member => new SelectedPlace(project, member)).Prepend(new SelectedPlace(project, null));

    /// <summary><c>group/shop/apps/api</c> → the longest part that is a project, and the rest; null where none is.</summary>
    public static (string Project, string Member)? Split(string path, Func<string, bool> isProject)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            if (isProject(path[..slash]))
            {
                return (path[..slash], path[(slash + 1)..]);
            }
        }

        return null;
    }
}
