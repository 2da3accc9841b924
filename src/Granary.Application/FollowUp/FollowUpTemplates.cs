using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.FollowUp;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.FollowUp;

/// <summary>A template as somebody writes it.</summary>
/// <param name="Name">Name.</param>
/// <param name="Method">How.</param>
/// <param name="Content">The text; places such as <c>{contact}</c> are filled from the lead.</param>
/// <param name="NextInDays">Days until the next step; null for none.</param>
/// <param name="Shared">Whether everybody has it.</param>
public sealed record TemplateInput(string? Name, FollowUpMethod? Method, string? Content, int? NextInDays, bool Shared);

/// <summary>Texts that follow-ups begin from: everybody's own, and those that who manages the policies makes for all.</summary>
public sealed class FollowUpTemplates(Store store, TimeProvider time)
{
    /// <summary>Longest name.</summary>
    public const int LongestName = 60;

    /// <summary>Most of one person, and most for everybody.</summary>
    public const int Most = 50;

    /// <summary>Most days until the next step.</summary>
    public const int MostDays = 365;

    /// <summary>The templates somebody has: their own first, each by name.</summary>
    public async Task<IReadOnlyList<FollowUpTemplate>> Of(Viewer viewer, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var templates = await db.Set<FollowUpTemplate>().AsNoTracking().Where(t => t.UserId == viewer.UserId || t.UserId == null).ToListAsync(ct);
        return [.. templates.OrderBy(t => t.UserId is null).ThenBy(t => t.Name, StringComparer.Ordinal).ThenBy(t => t.Id)];
    }

    /// <summary>Makes a template.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="input">What it says.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<SettingResult> Create(Viewer viewer, TemplateInput input, CancellationToken ct = default) => Write(viewer, null, input, ct);

    /// <summary>Changes a template that is theirs to change.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The template.</param>
    /// <param name="input">What it says.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<SettingResult> Change(Viewer viewer, Guid id, TemplateInput input, CancellationToken ct = default) => Write(viewer, id, input, ct);

    /// <summary>Deletes a template that is theirs to change.</summary>
    public Task<SettingResult> Delete(Viewer viewer, Guid id, CancellationToken ct = default) => store.Write<SettingResult>(async scope =>
    {
        if (await Theirs(viewer, scope.Db).SingleOrDefaultAsync(t => t.Id == id, ct) is not { } template)
        {
            return new SettingResult.Missing();
        }

        scope.Db.Remove(template);
        Tell(viewer, scope.Db, template, "template.deleted");
        await scope.Db.SaveChangesAsync(ct);
        return new SettingResult.Done(id);
    }, ct);

    /// <summary>Whether somebody may change a template: their own, and one of everybody who manages the policies.</summary>
    public static bool MayChange(Viewer viewer, FollowUpTemplate template) =>
        template.UserId == viewer.UserId || (template.UserId is null && viewer.May(Permission.ManagePolicies));

    private async Task<SettingResult> Write(Viewer viewer, Guid? id, TemplateInput input, CancellationToken ct)
    {
        input = input with { Name = input.Name?.Trim(), Content = input.Content?.Trim() };
        if (Errors(viewer, input) is { Count: > 0 } errors)
        {
            return new SettingResult.Refused(errors);
        }

        return await store.Write<SettingResult>(async scope =>
        {
            Guid? owner = input.Shared ? null : viewer.UserId;
            var template = id is null ? null : await Theirs(viewer, scope.Db).SingleOrDefaultAsync(t => t.Id == id, ct);
            if (id is not null && template is null)
            {
                return new SettingResult.Missing();
            }

            var others = await scope.Db.Set<FollowUpTemplate>().Where(t => t.UserId == owner && t.Id != id).Select(t => t.Name).ToListAsync(ct);
            if (others.Contains(input.Name!))
            {
                return new SettingResult.Refused("name", "taken");
            }

            if (others.Count >= Most)
            {
                return new SettingResult.Refused("name", "too_many", $"{Most}");
            }

            if (template is null)
            {
                template = new FollowUpTemplate { Id = time.NewId(), Name = "", Content = "" };
                scope.Db.Add(template);
            }

            (template.UserId, template.Name, template.Method, template.Content, template.NextInDays) =
                (owner, input.Name!, input.Method!.Value, input.Content!, input.NextInDays);
            Tell(viewer, scope.Db, template, "template.saved");
            await scope.Db.SaveChangesAsync(ct);
            return new SettingResult.Done(template.Id);
        }, ct);
    }

    // What everybody has is part of the organisation's setting, and so is who changed it.
    private void Tell(Viewer viewer, GranaryDb db, FollowUpTemplate template, string kind)
    {
        if (template.UserId is null)
        {
            db.Add(time.Event(viewer.UserId, SettingEvents.Organisation, kind, new { template.Id, template.Name, template.Method, template.Content, template.NextInDays }));
        }
    }

    private static IQueryable<FollowUpTemplate> Theirs(Viewer viewer, GranaryDb db)
    {
        var (me, shared) = (viewer.UserId, viewer.May(Permission.ManagePolicies));
        return db.Set<FollowUpTemplate>().Where(t => t.UserId == me || (shared && t.UserId == null));
    }

    private static List<FieldError> Errors(Viewer viewer, TemplateInput input)
    {
        List<FieldError> errors = [];
        void Check(bool holds, string field, string code, string? limit = null)
        {
            if (!holds && errors.TrueForAll(e => e.Field != field))
            {
                errors.Add(new FieldError(field, code, limit));
            }
        }

        Check(input.Name is { Length: > 0 }, "name", "required");
        Check(input.Name is null || input.Name.Length <= LongestName, "name", "too_long", $"{LongestName}");
        Check(input.Name?.Any(char.IsControl) != true, "name", "control_character");
        Check(input.Method is not null, "method", "required");
        Check(input.Method is null || Enum.IsDefined(input.Method.Value), "method", "unknown_value");
        Check(input.Content is { Length: > 0 }, "content", "required");
        Check(input.Content is null || input.Content.Length <= FollowUpInput.LongestText, "content", "too_long", $"{FollowUpInput.LongestText}");
        Check(input.Content?.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) != true, "content", "control_character");
        Check(input.Content is null || TemplateText.Unknown(input.Content) is null, "content", "unknown_place", input.Content is null ? null : TemplateText.Unknown(input.Content));
        Check(input.NextInDays is null or (>= 1 and <= MostDays), "nextInDays", "out_of_range", $"1–{MostDays}");
        Check(!input.Shared || viewer.May(Permission.ManagePolicies), "shared", "not_allowed");
        return errors;
    }
}
