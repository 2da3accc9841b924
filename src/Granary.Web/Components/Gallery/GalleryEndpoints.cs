using Granary.Web.Components.Ui;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Granary.Web.Components.Gallery;

/// <summary>Fragments that the gallery's combobox and row editor ask for; examples of such endpoints.</summary>
internal static class GalleryEndpoints
{
    private static readonly string[] Names = ["吴佳怡", "王梓涵", "赵明轩", "郑浩然", "周子昂", "刘雨桐", "林晓彤"];

    public static void MapGallery(this IEndpointRouteBuilder routes)
    {
        var gallery = routes.MapGroup("/gallery").AllowAnonymous().ExcludeFromDescription().WithMetadata(new Hosting.UnlimitedAttribute("Mapped in development alone."));
        gallery.MapGet("/options", (string? q) => Options([.. Names.Where(name => name.Contains(q ?? "", StringComparison.Ordinal)).Select(name => new Choice(name, name, "华东团队"))]));
        gallery.MapGet("/row", (int index) => new RazorComponentResult(typeof(GalleryRow), new { Index = index }));
    }

    private static RazorComponentResult Options(IReadOnlyList<Choice> choices) => new(typeof(ComboboxOptions), new { Choices = choices });
}
