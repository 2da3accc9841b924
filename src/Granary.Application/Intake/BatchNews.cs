namespace Granary.Application.Intake;

/// <summary>
/// What a batch entered and changed, told to the one that lands behind it. That one looks companies up while this one is still
/// writing, and so may have seen neither.
/// </summary>
/// <param name="Companies">Leads it entered.</param>
/// <param name="Changed">Leads that it changed.</param>
/// <param name="OwnChanged">Whether one that it entered is among them.</param>
internal sealed record BatchNews(CoreBook Companies, IReadOnlySet<Guid> Changed, bool OwnChanged)
{
    /// <summary>Of a batch that landed nothing.</summary>
    public static BatchNews None { get; } = new(new CoreBook(), new HashSet<Guid>(), false);

    /// <summary>Whether something was found as it is no more, or is told so.</summary>
    public bool Outdates(FirstLook look) => OwnChanged || Changed.Count > 0 && look.Companies.Values.Any(leads => leads.Exists(l => Changed.Contains(l.Id)));
}
