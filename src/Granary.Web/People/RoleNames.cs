using System.Globalization;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Web.Components.Ui;
using Microsoft.Extensions.Localization;

namespace Granary.Web.People;

/// <summary>The roles there are, as people call them.</summary>
internal sealed class RoleNames(Setting setting, IStringLocalizer<PeopleTexts> texts)
{
    /// <summary>All roles, built-in ones first.</summary>
    public IReadOnlyList<Choice> All() =>
        [.. setting.Roles.Values.OrderByDescending(r => r.BuiltIn).ThenBy(r => Place(r.Key)).ThenBy(r => r.Key, StringComparer.Ordinal).Select(r => new Choice(r.Key, Of(r)))];

    /// <summary>A role's name; the key of one that is no more.</summary>
    public string Of(string key) => setting.Roles.TryGetValue(key, out var role) ? Of(role) : key;

    /// <summary>A role's name in the reader's language: the organisation's, else the product's, else the key.</summary>
    public string Of(RoleCard role)
    {
        var given = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? role.TitleEn ?? role.Title : role.Title ?? (role.BuiltIn ? null : role.TitleEn);
        return given ?? (texts[$"role.{role.Key}"] is { ResourceNotFound: false } text ? text : role.Key);
    }

    private static int Place(string key) => BuiltInRoles.Grants.Keys.ToList().IndexOf(key);
}
