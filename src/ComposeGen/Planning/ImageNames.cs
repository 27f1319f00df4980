using ComposeGen.Manifests;

namespace ComposeGen.Planning;

/// <summary>Names of images, and those that several projects would build different things under.</summary>
internal static class ImageNames
{
    /// <summary>The image that a service names, in full; null where it names none.</summary>
    public static string? Of(PlannedService service)
    {
        if (service.Declaration.Text("image") is not { } image)
        {
            return null;
        }

        foreach (var prefix in (string[])["docker.io/", "library/"])
        {
            image = image.StartsWith(prefix, StringComparison.Ordinal) ? image[prefix.Length..] : image;
        }

        // What stands behind the last slash has a tag, a digest or a variable that may be either, or it is the latest.
        return image[(image.LastIndexOf('/') + 1)..].AsSpan().IndexOfAny(":@$") < 0 ? image + ":latest" : image;
    }

    /// <summary>
    /// Each project with each image that it builds and that another project builds differently: on the machine there is one
    /// image of a name, and whoever is built last would be run by both.
    /// </summary>
    /// <param name="all">Every service there is: an image's name does not depend on who else runs.</param>
    public static HashSet<(string Project, string Image)> Clashing(IEnumerable<PlannedService> all)
    {
        var clashing = new HashSet<(string, string)>();
        var built = all.Where(service => service.Declaration.Body.Contains("build") && Of(service) is not null);
        foreach (var image in built.GroupBy(service => Of(service)!, StringComparer.Ordinal))
        {
            var first = Build(image.First());
            var isOne = image.All(service => service.Project == image.First().Project || YamlNode.Same(Build(service), first));
            if (!isOne)
            {
                clashing.UnionWith(image.Select(service => (service.Project.Path, image.Key)));
            }
        }

        return clashing;
    }

    private static YamlNode Build(PlannedService service) =>
        new PathRebaser(service.Project.Folder).Service(
            new YamlEntry(new YamlScalar("build", true, service.Declaration.Span), service.Declaration.Body["build"]!)
        );
}
