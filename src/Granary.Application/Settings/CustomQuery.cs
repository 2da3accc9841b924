using System.Linq.Expressions;
using Granary.Application.Storage;
using Granary.Domain.Capture;

namespace Granary.Application.Settings;

/// <summary>
/// Finds records by values of custom fields, which are one JSON object in a column of text. Of several choices each stands between
/// commas or the quotes.
/// </summary>
public static class CustomQuery
{
    /// <summary>Whether a record holds a value.</summary>
    /// <param name="setting">The settings.</param>
    /// <param name="owner">What kind of record.</param>
    /// <param name="custom">Its column.</param>
    /// <param name="key">Key of the field.</param>
    /// <param name="value">The value as it is kept.</param>
    public static Expression<Func<T, bool>> Holds<T>(Setting setting, CustomFieldOwner owner, Expression<Func<T, string?>> custom, string key, string value)
    {
        var (name, text) = ($"{Json.Write(key)}:", Json.Write(value));
        if (setting.Fields.Find(owner, key) is not { Kind: CustomFieldKind.MultiChoice })
        {
            return Text(custom, name + text);
        }

        var bare = text[1..^1];
        return Text(custom, name).And(Composed.Any([Text(custom, name + text), Text(custom, $"{name}\"{bare},"), Text(custom, $",{bare},"), Text(custom, $",{bare}\"")]));
    }

    private static Expression<Func<T, bool>> Text<T>(Expression<Func<T, string?>> custom, string part)
    {
        Expression<Func<T, string?, bool>> contains = (record, text) => text != null && text.Contains(part);
        return contains.Of(custom);
    }
}
