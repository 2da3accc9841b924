using System.Globalization;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Domain.Cleansing;

/// <summary>
/// The first step of every lead (§4): normal form, contact validity, blacklist, sensitive words, test data, and late entry (§3).
/// It drops nothing; it says what it found. Immutable and safe to share between threads.
/// </summary>
/// <param name="policy">Which checks are made.</param>
/// <param name="blacklist">The blacklist.</param>
/// <param name="words">The sensitive words.</param>
/// <param name="disposable">Domains of throw-away mail.</param>
/// <param name="calendar">Working days for late entry; null is the mainland's public calendar.</param>
public sealed class Cleanser(
    CleansingPolicy policy, Blacklist blacklist, SensitiveWords words, DisposableDomains disposable, WorkingCalendar? calendar = null)
{
    /// <summary>The step of this room's reasons.</summary>
    public const string Step = "cleanse";

    private readonly WorkingCalendar _calendar = calendar ?? WorkingCalendar.Mainland();

    /// <summary>Cleanses a submission.</summary>
    /// <param name="submission">The submission as typed.</param>
    /// <param name="now">When it is recorded.</param>
    public CleanLead Clean(LeadSubmission submission, DateTimeOffset now)
    {
        var clean = SubmissionNormaliser.Normalise(submission);
        var reasons = new List<Reason>();
        var lead = new ContactReader(policy, disposable, reasons).Read(clean);
        var findings = FindContact(lead, reasons)
            | FindBlacklisted(lead, now, reasons)
            | FindSensitive(clean, reasons)
            | FindTest(lead, reasons)
            | FindLateEntry(clean, now, reasons);
        return lead with { Findings = findings, Reasons = reasons };
    }

    private Finding FindContact(CleanLead lead, List<Reason> reasons)
    {
        if (!policy.ChecksContact || lead.Phones.Count > 0 || lead.Emails.Count > 0 || lead.WeChat is not null)
            return Finding.None;
        var contact = lead.Submission.Contact;
        var isSilent = contact.Phones.Count == 0 && contact.Emails.Count == 0 && contact.WeChat is null;
        if (isSilent && IsWithoutContact(lead.Submission.Channel))
            return Finding.None;
        reasons.Add(Reason.Of(Step, "invalid_contact"));
        return Finding.InvalidContact;
    }

    private bool IsWithoutContact(string? channel)
    {
        if (channel is null || policy.ChannelsWithoutContact.Count == 0)
            return false;
        var level1 = channel.Split('/')[0];
        return policy.ChannelsWithoutContact.Any(allowed => allowed == channel || allowed == level1);
    }

    private Finding FindBlacklisted(CleanLead lead, DateTimeOffset now, List<Reason> reasons)
    {
        if (!policy.ChecksBlacklist)
            return Finding.None;
        var found = Finding.None;
        foreach (var phone in lead.Phones)
            found |= Blacklisted(blacklist.Find(phone, now), reasons);
        foreach (var email in lead.Emails)
            found |= Blacklisted(blacklist.Find(email, now), reasons);
        if (lead.Submission.Company.Name is { } company)
            found |= Blacklisted(blacklist.FindCompany(company, now), reasons);
        if (lead.Submission.RemoteAddress is { } address)
            found |= Blacklisted(blacklist.FindAddress(address, now), reasons);
        return found;
    }

    private static Finding Blacklisted(BlacklistEntry? entry, List<Reason> reasons)
    {
        if (entry is null)
            return Finding.None;
        var code = entry.Kind switch
        {
            BlacklistKind.Phone => "blacklisted_phone",
            BlacklistKind.Email => "blacklisted_email",
            BlacklistKind.Domain => "blacklisted_domain",
            BlacklistKind.Company => "blacklisted_company",
            _ => "blacklisted_ip",
        };
        reasons.Add(Reason.Of(Step, code, null, ("reason", entry.Reason)));
        return Finding.Blacklisted;
    }

    private Finding FindSensitive(LeadSubmission clean, List<Reason> reasons)
    {
        if (!policy.ChecksSensitiveWords || words.Count == 0)
            return Finding.None;
        var before = reasons.Count;
        foreach (var (field, text) in SubmissionTexts.Of(clean))
        {
            foreach (var word in words.FindClean(text))
                reasons.Add(Reason.Of(Step, "sensitive_word", null, ("field", field), ("word", word)));
        }

        return reasons.Count > before ? Finding.Sensitive : Finding.None;
    }

    private Finding FindTest(CleanLead lead, List<Reason> reasons)
    {
        var found = Finding.None;
        foreach (var pattern in policy.TestPatterns)
        {
            var field = pattern.Field switch
            {
                TestedField.ContactName => Matches(pattern, lead.Submission.Contact.Name) ? "contact.name" : null,
                TestedField.CompanyName => Matches(pattern, lead.Submission.Company.Name) ? "company.name" : null,
                TestedField.Requirement => Matches(pattern, lead.Submission.Requirement) ? "requirement" : null,
                _ => Matches(pattern, lead.Emails) ? "contact.emails" : null,
            };
            if (field is null)
                continue;
            reasons.Add(Reason.Of(Step, "test_data", null, ("field", field), ("pattern", pattern.Text)));
            found = Finding.Test;
        }

        return found;
    }

    private static bool Matches(TestPattern pattern, IReadOnlyList<EmailAddress> emails) => emails.Count > 0 && emails.Any(email => pattern.Matches(email.Value));

    private static bool Matches(TestPattern pattern, string? text) => text is not null && pattern.Matches(text);

    private Finding FindLateEntry(LeadSubmission clean, DateTimeOffset now, List<Reason> reasons)
    {
        if (clean.ReceivedAt is not { } received || !LateEntry.IsLate(received, now, _calendar))
            return Finding.None;
        reasons.Add(Reason.Of(
            Step, "late_entry", null, ("receivedAt", Instant(received)), ("recordedAt", Instant(now)), ("deadline", Instant(LateEntry.Deadline(received, _calendar)))));
        return Finding.LateEntry;
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
