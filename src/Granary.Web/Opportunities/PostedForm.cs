using System.Globalization;
using Granary.Domain.Capture;
using Granary.Web.Settings;

namespace Granary.Web.Opportunities;

/// <summary>Reads fields of a posted form. What cannot be understood becomes what the use case refuses.</summary>
internal static class PostedForm
{
    /// <summary>A text; null where nothing was typed.</summary>
    public static string? Text(IFormCollection form, string name) => form[name].ToString().Trim() is { Length: > 0 } text ? text : null;

    /// <summary>Whether a box is checked.</summary>
    public static bool Checked(IFormCollection form, string name) => form[name].Contains("true");

    /// <summary>An amount; one that is none is below nothing.</summary>
    public static decimal? Money(IFormCollection form, string name) =>
        Text(form, name) is not { } text ? null : decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) ? amount : -1;

    /// <summary>A day; null where there is none.</summary>
    public static DateOnly? Day(IFormCollection form, string name) =>
        DateOnly.TryParseExact(form[name].ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Custom fields over what was there: of a form that does not have them, what was there.</summary>
    public static IReadOnlyDictionary<string, string> Custom(IFormCollection form, IReadOnlyDictionary<string, string> before, IReadOnlyList<CustomField> fields)
    {
        // Boxes of which none is checked are not posted; so the form says that it has the fields.
        var there = Checked(form, "custom") ? fields : [];
        return CustomInput.Over(
            before, there, there.ToDictionary(f => f.Key, f => (string?)form[$"Input.Custom[{f.Key}]"].ToString()), there.ToDictionary(f => f.Key, f => (List<string>?)[.. form[$"Input.Several[{f.Key}]"].OfType<string>()]));
    }

    /// <summary>The version of the record that was seen; null where the form does not say.</summary>
    public static int? Seen(IFormCollection form) => Text(form, "seen") is not { } text ? null : int.TryParse(text, CultureInfo.InvariantCulture, out var version) ? version : 0;

    /// <summary>A member of an enumeration by its name in addresses; one that does not exist where it is none.</summary>
    public static T Member<T>(IFormCollection form, string name)
        where T : struct, Enum
    {
        var text = form[name].ToString();
        foreach (var member in Enum.GetValues<T>())
        {
            if (Domain.Policies.WireName.Of(member) == text)
            {
                return member;
            }
        }

        return (T)Enum.ToObject(typeof(T), -1);
    }
}
