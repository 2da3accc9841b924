using Granary.Application.Settings;

namespace Granary.Application.Intake.Import.Records;

/// <summary>Whom a cell names as owner.</summary>
internal static class RecordOwner
{
    /// <summary>The one person of a name, a sign-in name or an id; null where there is none, or are several.</summary>
    public static Guid? Named(Setting setting, string cell)
    {
        if (Guid.TryParse(cell, out var id))
        {
            return setting.People.ContainsKey(id) ? id : null;
        }

        var found = setting.People.Values.Where(p => p.Name == cell || string.Equals(p.Email, cell, StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
        return found is [var only] ? only.Id : null;
    }
}
