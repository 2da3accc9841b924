using Granary.Application.Ownership;
using Granary.Application.Storage;
using Granary.Domain.Matching;

namespace Granary.Application.Qualification.Merging;

/// <summary>The fields of two accounts beside each other, and taking them over as chosen. What an account belongs to is not chosen: it stays.</summary>
internal static class AccountMergeFields
{
    private const string Prefix = "account.", Custom = "custom.";

    private static readonly string[] Several = ["sites", "pastOrders", "competitors"];

    /// <summary>The fields beside each other, by their names in the API.</summary>
    public static IReadOnlyList<MergeField> Of(Account survivor, Account merged) =>
        [.. SaveAccount.Fields.Where(f => f.Name != "account.parentId").Select(f => f.Name[Prefix.Length..]).Select(n => new MergeField(n, Value(n, survivor), Value(n, merged), Several.Contains(n))),
            .. AccountInput.CustomOf(survivor).Keys.Union(AccountInput.CustomOf(merged).Keys).Order(StringComparer.Ordinal).Select(k => Custom + k)
                .Select(n => new MergeField(n, Value(n, survivor), Value(n, merged)))];

    /// <summary>Makes the survivor as chosen: what changed.</summary>
    public static List<FieldChange> Apply(Account survivor, Account merged, IReadOnlyList<MergeField> fields, IReadOnlyDictionary<string, MergeSide> sides)
    {
        var input = AccountInput.Of(merged) with { ParentId = survivor.ParentId };
        var both = input with
        {
            Sites = [.. survivor.Sites.Union(merged.Sites)],
            PastOrders = [.. survivor.PastOrders.Union(merged.PastOrders)],
            Competitors = [.. survivor.Competitors.Union(merged.Competitors)],
        };
        List<FieldChange> changes = [];
        foreach (var field in fields.Where(f => sides[f.Name] != MergeSide.Survivor))
        {
            Set(field.Name, survivor, sides[field.Name] == MergeSide.Both ? both : input);
            if (Value(field.Name, survivor) is var after && after != field.Survivor)
            {
                changes.Add(new FieldChange(Prefix + field.Name, field.Survivor, after));
            }
        }

        return changes;
    }

    /// <summary>Gives the survivor back what the merge changed, but for what was changed again since.</summary>
    public static List<FieldChange> TakeBack(Account survivor, AccountInput before, AccountInput after)
    {
        var (was, became) = (Filled(before), Filled(after));
        List<FieldChange> changes = [];
        foreach (var name in SaveAccount.Fields.Select(f => f.Name[Prefix.Length..]).Concat(before.Custom.Keys.Union(after.Custom.Keys).Select(k => Custom + k)))
        {
            var (old, now) = (Value(name, was), Value(name, survivor));
            if (now == Value(name, became) && now != old)
            {
                Set(name, survivor, before);
                changes.Add(new FieldChange(Prefix + name, now, old));
            }
        }

        return changes;
    }

    private static Account Filled(AccountInput input)
    {
        var account = new Account { Name = input.Name };
        foreach (var field in SaveAccount.Fields)
        {
            field.Set(account, input);
        }

        account.Custom = input.Custom.Count == 0 ? null : Json.Write(input.Custom);
        return account;
    }

    private static string? Value(string name, Account account) => name.StartsWith(Custom, StringComparison.Ordinal)
        ? AccountInput.CustomOf(account).GetValueOrDefault(name[Custom.Length..])
        : SaveAccount.Words(SaveAccount.Fields.First(f => f.Name == Prefix + name).Get(account));

    private static void Set(string name, Account account, AccountInput input)
    {
        if (!name.StartsWith(Custom, StringComparison.Ordinal))
        {
            SaveAccount.Fields.First(f => f.Name == Prefix + name).Set(account, input);
            return;
        }

        var (key, values) = (name[Custom.Length..], AccountInput.CustomOf(account));
        values.Remove(key);
        if (input.Custom.TryGetValue(key, out var value))
        {
            values[key] = value;
        }

        account.Custom = values.Count == 0 ? null : Json.Write(values);
    }
}
