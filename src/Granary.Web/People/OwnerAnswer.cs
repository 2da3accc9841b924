using Granary.Application.Settings;

namespace Granary.Web.People;

/// <summary>A user who owns something.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">Name.</param>
public sealed record OwnerAnswer(Guid Id, string Name)
{
    /// <summary>Somebody by name; null for nobody.</summary>
    public static OwnerAnswer? Of(Guid? id, Setting setting) => id is { } known ? new OwnerAnswer(known, setting.People.GetValueOrDefault(known)?.Name ?? "") : null;
}
