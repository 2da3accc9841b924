using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Privacy;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Cleansing;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Intake;

/// <summary>Changes a lead's fields: checked and cleansed as when it came in, recorded before and after, scored anew.</summary>
public sealed class EditLead(LeadVerb verb, Store store, Vault vault, SettingCache settings, TimeProvider time, MobileAreas? areas = null)
{
    private readonly Preparation _preparation = new(vault, time, areas ?? MobileAreas.None);

    /// <summary>What an edit starts from, contact data in plain text, and its version; null when the viewer does not see the lead.</summary>
    public async Task<(LeadSubmission Fields, int Version)?> Begin(Viewer viewer, Guid id, CancellationToken ct = default)
    {
        await using var db = store.Open();
        if (await viewer.Leads(db).AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, ct) is not { } lead)
        {
            return null;
        }

        return (StoredSubmission.Of(lead, await Contacts(db, id, ct), await settings.Get(ct), vault), lead.Version);
    }

    /// <summary>Saves the fields as edited. Where it came from (channel, time, consent) is history and stays.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="edited">All fields.</param>
    /// <param name="seen">The version they were edited from.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeadResult> Save(Viewer viewer, Guid id, LeadSubmission edited, int seen, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.EditLeads, seen, async (work, lead) =>
        {
            if (lead.AnonymisedAt is not null)
            {
                return new LeadResult.Refused(PrivacyRefusal.Anonymised);
            }

            var contacts = await Contacts(work.Scope.Db, id, ct);
            var before = StoredSubmission.Of(lead, contacts, work.Setting, vault);
            edited = edited with { Channel = before.Channel, ReceivedAt = before.ReceivedAt, Utm = before.Utm, Touches = [] };
            if (Errors(before, edited, work) is { Count: > 0 } errors)
            {
                return new LeadResult.Invalid(errors);
            }

            var prepared = _preparation.Prepare(new IntakeRequest { Submission = edited }, work.Setting);
            List<FieldChange> changes =
            [
                .. await ContactEdit.Apply(work, lead, contacts, prepared.Contacts, ct),
                .. LeadEdit.Apply(prepared.Lead, lead),
            ];
            if (changes.Count == 0)
            {
                return new LeadResult.Done(lead);
            }

            var counted = lead.OwnerId == viewer.UserId && work.Setting.KeyFieldsCount && changes.Exists(c => LeadEdit.KeyFields.Contains(c.Field));
            work.Changes.Happened(lead.Id, LeadEvent.Edited, work.Now, work.ActorId, new EditedData(changes, Counted: counted ? true : null));
            if (counted)
            {
                await work.FollowedUp(lead, ct);
            }

            await work.ScoreAnew(lead, ct);
            return work.Changed(lead);
        }, ct);

    private static Task<List<ContactPoint>> Contacts(GranaryDb db, Guid id, CancellationToken ct) =>
        db.Set<ContactPoint>().AsNoTracking().Where(c => c.LeadId == id).OrderBy(c => c.Ordinal).ToListAsync(ct);

    private static List<FieldError> Errors(LeadSubmission before, LeadSubmission edited, LeadWork work)
    {
        // What was missing before may stay so; what was there may not be taken away.
        var required = work.Setting.Capture.For(edited.Channel, false);
        List<FieldError> errors =
        [
            .. SubmissionRules.Validate(edited, new RequiredFields([]), work.Now),
            .. required.Missing(edited).Except(required.Missing(before)),
            .. CustomValues.Read(work.Setting, CustomFieldOwner.Lead, edited.Custom, before.Custom).Errors,
        ];
        // Somebody who types a number that is none, or sends a masked one back, is told so; a public door would keep it.
        Readable(errors, "contact.phones", edited.Contact.Phones, before.Contact.Phones, static text => PhoneNumber.TryParse(text, out _, out var fault) ? null : fault);
        Readable(errors, "contact.emails", edited.Contact.Emails, before.Contact.Emails, static text => EmailAddress.TryParse(text, out _, out var fault) ? null : fault);
        if (edited.Contact.WeChat is { Length: > 0 } weChat && weChat != before.Contact.WeChat && !WeChatId.TryParse(weChat, out _, out var wrong))
        {
            errors.Add(new FieldError("contact.wechat", wrong!));
        }

        return errors;
    }

    private static void Readable(List<FieldError> errors, string field, IReadOnlyList<string> texts, IReadOnlyList<string> before, Func<string, string?> fault)
    {
        foreach (var (i, text) in texts.Index())
        {
            if (text.Length > 0 && !before.Contains(text) && fault(text) is { } code)
            {
                errors.Add(new FieldError($"{field}[{i}]", code));
            }
        }
    }
}
