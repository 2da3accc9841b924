namespace Granary.Web.Components.Layout;

/// <summary>
/// What a page says in the head of its document. The framework's own sections are not used for it: a title that changes while a page
/// waits for its data is reported to leave a disposed component in the tree, and writing that ends the whole process
/// (dotnet/aspnetcore#69035).
/// </summary>
public sealed class DocumentHead
{
    /// <summary>The title; null until a page names itself.</summary>
    public string? Title { get; private set; }

    /// <summary>Whether the page asks for itself again after a moment where no script does.</summary>
    public bool Refreshes { get; private set; }

    /// <summary>Told of each change.</summary>
    public Action? Changed { get; set; }

    /// <summary>Names the page, and says whether it refreshes itself; what was said before stays where nothing is said.</summary>
    public void Say(string? title, bool refreshes)
    {
        var (named, again) = (title ?? Title, Refreshes || refreshes);
        if (named != Title || again != Refreshes)
        {
            (Title, Refreshes) = (named, again);
            Changed?.Invoke();
        }
    }
}
