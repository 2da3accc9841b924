using Granary.Application.Capture;
using Granary.Application.Intake;
using Granary.Application.Ownership;
using Granary.Application.Storage;
using Granary.Domain.Matching;

namespace Granary.Application.Qualification.Merging;

/// <summary>The fields of two leads beside each other, and taking them over as chosen.</summary>
internal static class LeadMergeFields
{
    private const string AllCustom = "custom", Custom = "custom.";

    private static readonly string[] Several = ["products", "tags"];

    /// <summary>The fields beside each other; custom ones each for itself.</summary>
    public static IReadOnlyList<MergeField> Of(Lead survivor, Lead merged) =>
    [
        .. LeadEdit.Names.Where(n => n != AllCustom).Select(n => new MergeField(n, LeadEdit.Value(n, survivor), LeadEdit.Value(n, merged), Several.Contains(n))),
        .. CustomOf(survivor).Keys.Union(CustomOf(merged).Keys).Order(StringComparer.Ordinal)
            .Select(k => new MergeField(Custom + k, CustomOf(survivor).GetValueOrDefault(k), CustomOf(merged).GetValueOrDefault(k))),
    ];

    /// <summary>Makes the survivor as chosen: what changed.</summary>
    public static List<FieldChange> Apply(Lead survivor, Lead merged, IReadOnlyList<MergeField> fields, IReadOnlyDictionary<string, MergeSide> sides)
    {
        List<FieldChange> changes = [];
        var custom = CustomOf(survivor);
        foreach (var field in fields.Where(f => sides[f.Name] != MergeSide.Survivor && f.Survivor != f.Merged))
        {
            if (field.Name.StartsWith(Custom, StringComparison.Ordinal))
            {
                Take(custom, field.Name[Custom.Length..], field.Merged);
                changes.Add(new FieldChange(field.Name, field.Survivor, field.Merged));
                continue;
            }

            if (sides[field.Name] == MergeSide.Both)
            {
                survivor.Products = field.Name == "products" ? [.. survivor.Products.Union(merged.Products)] : survivor.Products;
                survivor.Tags = field.Name == "tags" ? [.. survivor.Tags.Union(merged.Tags)] : survivor.Tags;
            }
            else
            {
                LeadEdit.Copy(field.Name, merged, survivor);
            }

            if (LeadEdit.Value(field.Name, survivor) is var after && after != field.Survivor)
            {
                changes.Add(new FieldChange(field.Name, field.Survivor, after));
            }
        }

        survivor.Custom = custom.Count == 0 ? null : Json.Write(custom);
        if (survivor.Region is null || (sides["company.province"] == MergeSide.Merged && merged.Region is not null))
        {
            survivor.Region = merged.Region;
        }

        return changes;
    }

    /// <summary>Gives the survivor back what the merge changed, but for what was changed again since.</summary>
    public static List<FieldChange> TakeBack(Lead survivor, LeadBefore before, LeadBefore after)
    {
        var (was, became) = (Filled(before), Filled(after));
        List<FieldChange> changes = [];
        foreach (var name in LeadEdit.Names)
        {
            var (old, now) = (LeadEdit.Value(name, was), LeadEdit.Value(name, survivor));
            if (now == LeadEdit.Value(name, became) && now != old)
            {
                LeadEdit.Copy(name, was, survivor);
                changes.Add(new FieldChange(name, now, old));
            }
        }

        survivor.Region = survivor.Region == became.Region ? was.Region : survivor.Region;
        survivor.ExternalId = survivor.ExternalId == became.ExternalId ? was.ExternalId : survivor.ExternalId;
        survivor.Consent = survivor.Consent == became.Consent ? was.Consent : survivor.Consent;
        return changes;
    }

    private static Lead Filled(LeadBefore before)
    {
        var lead = new Lead();
        before.Restore(lead);
        return lead;
    }

    private static void Take(Dictionary<string, string> custom, string key, string? value)
    {
        if (value is null)
        {
            custom.Remove(key);
        }
        else
        {
            custom[key] = value;
        }
    }

    private static Dictionary<string, string> CustomOf(Lead lead) => lead.Custom is null ? [] : Json.Read<Dictionary<string, string>>(lead.Custom);
}
