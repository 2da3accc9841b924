using Granary.Application.Storage;
using Granary.Web.Components.Ui;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Granary.Web.People;

/// <summary>The roles there are, as people call them.</summary>
internal sealed class RoleNames(Store store, IStringLocalizer<PeopleTexts> texts)
{
    /// <summary>All roles, built-in ones first.</summary>
    public async Task<IReadOnlyList<Choice>> All()
    {
        await using var db = store.Open();
        var keys = await db.Roles.AsNoTracking().OrderByDescending(r => r.BuiltIn).ThenBy(r => r.Name).Select(r => r.Name!).ToListAsync();
        return keys.ConvertAll(key => new Choice(key, Of(key)));
    }

    /// <summary>A role's name; the key of one of the organisation's own.</summary>
    public string Of(string key) => texts[$"role.{key}"] is { ResourceNotFound: false } text ? text : key;
}
