using Granary.Application.Capture;
using Granary.Application.Opportunities;
using Granary.Application.Qualification;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Settings;

/// <summary>Whether custom fields can become what somebody wants: a kind that values would lose their meaning by, and a choice that is used, stay.</summary>
internal static class FieldsInUse
{
    /// <summary>What is wrong with a change of the fields in force.</summary>
    public static async Task<IReadOnlyList<FieldError>> Errors(GranaryDb db, CustomFieldsPolicy before, string body, CancellationToken ct)
    {
        var next = Json.Read<CustomFieldsPolicy>(body);
        Dictionary<CustomField, IReadOnlySet<string>> used = [];
        foreach (var field in before.Fields)
        {
            var left = next.Find(field.Owner, field.Key)?.Choices.Select(c => c.Id).ToHashSet() ?? [.. field.Choices.Select(c => c.Id)];
            HashSet<string> held = [];
            foreach (var choice in field.Choices.Where(c => !left.Contains(c.Id)))
            {
                if (await Holds(db, field, choice.Id, ct))
                {
                    held.Add(choice.Id);
                }
            }

            used[field] = held;
        }

        return before.ChangeErrors(next, field => used[field]);
    }

    // Values stand in one JSON text; who has another value with the id in it counts too, on the safe side.
    private static async Task<bool> Holds(GranaryDb db, CustomField field, string choice, CancellationToken ct)
    {
        var key = $"{Json.Write(field.Key)}:\"";
        return field.Owner switch
        {
            CustomFieldOwner.Lead => await db.Set<Lead>().AnyAsync(l => l.Custom != null && l.Custom.Contains(key) && l.Custom.Contains(choice), ct),
            CustomFieldOwner.Account => await db.Set<Account>().AnyAsync(a => a.Custom != null && a.Custom.Contains(key) && a.Custom.Contains(choice), ct),
            CustomFieldOwner.Opportunity => await db.Set<Opportunity>().AnyAsync(o => o.Custom != null && o.Custom.Contains(key) && o.Custom.Contains(choice), ct),
            _ => false,
        };
    }
}
