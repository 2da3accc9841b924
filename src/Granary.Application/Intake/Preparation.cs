using Granary.Application.Capture;
using Granary.Application.Matching;
using Granary.Application.Policies;
using Granary.Application.Scoring;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Cleansing;
using Granary.Domain.Matching;
using Granary.Domain.Policies;
using Granary.Domain.Scoring;

namespace Granary.Application.Intake;

/// <summary>Does on the caller's own thread all that needs no database, so that the writer only decides and writes.</summary>
internal sealed class Preparation(Vault vault, TimeProvider time, MobileAreas areas)
{
    /// <summary>Field errors of a request; none when it can be prepared.</summary>
    public IReadOnlyList<FieldError> Check(IntakeRequest request, Setting setting)
    {
        if (request.Update is { CreatesUnknown: false })
        {
            // What only changes a lead brings what changes, and nothing else.
            var errors = SubmissionRules.Validate(request.Submission, new RequiredFields([]), time.Now);
            return [.. errors.Where(e => e is not { Field: "channel", Code: "required" }), .. Typed(request, setting).Errors];
        }

        var required = setting.Capture.For(request.Submission.Channel, request.ByHand);
        return [.. SubmissionRules.Validate(request.Submission, request.WithoutContact ? required.ExceptContact() : required, time.Now), .. Typed(request, setting).Errors];
    }

    private static (IReadOnlyDictionary<string, string> Values, IReadOnlyList<FieldError> Errors) Typed(IntakeRequest request, Setting setting) =>
        CustomValues.Read(setting, CustomFieldOwner.Lead, request.Submission.Custom);

    /// <summary>Prepares a checked request. Its channel is known, except where no lead is made of it: in a trial, or when it only updates.</summary>
    public Prepared Prepare(IntakeRequest request, Setting setting)
    {
        var now = time.Now;
        if (Typed(request, setting).Values is var typed && !ReferenceEquals(typed, request.Submission.Custom))
        {
            request = request with { Submission = request.Submission with { Custom = typed } };
        }

        var clean = Suspect(Clean(request, setting, now), request.Suspicion);
        var submission = clean.Submission;
        var received = Clock.Truncate(submission.ReceivedAt ?? now);
        var company = CompanyName.Parse(submission.Company.Name);
        var facts = LeadFacts.Of(submission, [.. clean.Phones.Select(p => p.E164)], setting.Scoring, areas, setting.LeadFields);
        IReadOnlyList<TouchTally> touches = [.. submission.Touches.Select(t => new TouchTally(t.Kind, t.Count, t.At ?? received))];
        var score = clean.Held ? null : Scorer.Score(setting.Scoring, facts, touches, now);
        var lead = Lead(request, clean, setting, company, facts, now, received);
        lead.Findings = (int)clean.Findings;
        if (score is not null)
        {
            StoredScore.Take(lead, score);
        }

        var contacts = Contacts(clean, lead.Id, now);
        var scoreReasons = score?.Reasons ?? [];
        var duplicates = setting.Duplicates.For(submission.Channel);
        return new Prepared
        {
            Request = request,
            Setting = setting,
            Clean = clean,
            Lead = lead,
            Contacts = contacts,
            Company = company,
            CompanyLooks = clean.Held ? [] : CompanyLooks(company, setting, duplicates),
            AccountKeys = clean.Held ? [] : AccountKeys(contacts, company, setting, submission.Company.CreditCode),
            Facts = facts with { Findings = FindingNames.Of(clean.Findings), Score = score },
            Touches = touches,
            Score = score,
            ScoreReasons = scoreReasons,
            Written = (Trace.Write(clean.Reasons), Trace.Write(scoreReasons)),
            Duplicates = duplicates,
            Now = now,
        };
    }

    /// <summary>Prepares a stored lead to be matched and assigned as if it came in now.</summary>
    public Prepared Again(Lead lead, IReadOnlyList<ContactPoint> contacts, IReadOnlyList<TouchTally> touches, Setting setting, DateTimeOffset now)
    {
        var channel = setting.Channels.Path(lead.ChannelId);
        var company = CompanyName.Parse(lead.CompanyName);
        var facts = StoredScore.Facts(lead, setting);
        var score = Scorer.Score(setting.Scoring, facts, touches, now);
        StoredScore.Take(lead, score);
        var reasons = score.Reasons;
        var submission = new LeadSubmission { Channel = channel };
        var duplicates = setting.Duplicates.For(channel);
        return new Prepared
        {
            Request = new IntakeRequest { Submission = submission },
            Setting = setting,
            Clean = new CleanLead { Submission = submission, Phones = [], Emails = [] },
            Lead = lead,
            Contacts = contacts,
            Company = company,
            CompanyLooks = CompanyLooks(company, setting, duplicates),
            AccountKeys = AccountKeys(contacts, company, setting, lead.CreditCode),
            Facts = facts with { Score = score },
            Touches = touches,
            Score = score,
            ScoreReasons = reasons,
            Written = (Trace.Write([]), Trace.Write(reasons)),
            Duplicates = duplicates,
            Now = now,
        };
    }

    private static CleanLead Clean(IntakeRequest request, Setting setting, DateTimeOffset now)
    {
        var clean = setting.Cleanser.Clean(request.Submission, now);
        var isSilent = clean.Submission.Contact is { Phones.Count: 0, Emails.Count: 0, WeChat: null };
        return isSilent && (request.WithoutContact || request.Update is { CreatesUnknown: false })
            ? clean with { Findings = clean.Findings & ~Finding.InvalidContact, Reasons = [.. clean.Reasons.Where(r => r.Code != "invalid_contact")] }
            : clean;
    }

    private static CleanLead Suspect(CleanLead clean, string? sign) => sign is null
        ? clean
        : clean with { Findings = clean.Findings | Finding.Test, Reasons = [.. clean.Reasons, Reason.Of(Cleanser.Step, "suspected_bot", null, ("sign", sign))] };

    // As far as the rules ask for companies of leads.
    private static IReadOnlyList<CompanyLook> CompanyLooks(CompanyName? company, Setting setting, DuplicatePolicy policy)
    {
        MatchLevel? least = null;
        foreach (var rule in policy.Rules)
        {
            if (rule.Target == MatchTarget.Lead && rule.Keys.Contains(MatchKeyKind.Company) && !(least <= rule.CompanyLevel))
            {
                least = rule.CompanyLevel;
            }
        }

        return company is null || least is not { } level ? [] : [.. CompanyLook.For(company, setting.Aliases, level)];
    }

    private List<(Guid Key, MatchKeyKind Kind)> AccountKeys(IReadOnlyList<ContactPoint> contacts, CompanyName? company, Setting setting, string? creditCode)
    {
        List<(Guid, MatchKeyKind)> keys = [];
        if (company is not null)
        {
            keys.AddRange(vault.Sought(company, setting.Aliases).Select(key => (key, MatchKeyKind.Company)));
        }

        if (creditCode is not null)
        {
            keys.Add((vault.CreditCodeKey(creditCode), MatchKeyKind.CreditCode));
        }

        keys.AddRange(contacts.Where(c => c.Kind != ContactKind.Unusable).Select(c => (c.Key, (MatchKeyKind)c.Kind)));
        return keys;
    }

    private List<ContactPoint> Contacts(CleanLead clean, Guid leadId, DateTimeOffset now)
    {
        List<ContactPoint> points = [];
        void Add(ContactKind kind, Guid key, string value)
        {
            if (!points.Exists(p => p.Key == key))
            {
                points.Add(new ContactPoint { Key = key, LeadId = leadId, Kind = kind, Ordinal = points.Count, Value = vault.Seal(value) });
            }
        }

        foreach (var phone in clean.Phones)
        {
            Add(ContactKind.Phone, vault.Key(phone), phone.Extension is null ? phone.E164 : $"{phone.E164};{phone.Extension}");
        }

        if (clean.WeChat is { } weChat)
        {
            Add(ContactKind.WeChat, vault.Key(weChat), weChat.Value);
        }

        foreach (var email in clean.Emails)
        {
            Add(ContactKind.Email, vault.Key(email), email.Value);
        }

        var typed = clean.Submission.Contact;
        foreach (var text in typed.Phones.Where(p => !PhoneNumber.TryParse(p, out _, out _)).Concat(typed.Emails.Where(e => !EmailAddress.TryParse(e, out _, out _))))
        {
            // Matched with nothing, so its key is its own.
            Add(ContactKind.Unusable, Clock.NewId(now), text);
        }

        return points;
    }

    private static Lead Lead(IntakeRequest request, CleanLead clean, Setting setting, CompanyName? company, LeadFacts facts, DateTimeOffset now, DateTimeOffset received)
    {
        var s = clean.Submission;
        return new Lead
        {
            Id = Clock.NewId(now),
            ChannelId = s.Channel is null ? Guid.Empty : setting.Channels.Find(s.Channel)?.Id ?? Guid.Empty,
            Campaign = s.Campaign,
            Keyword = s.Keyword,
            Content = s.Content,
            Utm = s.Utm == UtmTags.None ? null : Json.Write(s.Utm),
            LandingPage = s.LandingPage,
            Referrer = s.Referrer,
            ReferredBy = s.ReferredBy,
            ReceivedAt = received,
            RecordedAt = now,
            PlacedAt = now,
            RecorderId = request.ActorId,
            ExternalId = s.ExternalId,
            ImportId = request.Import?.ImportId,
            CompanyName = s.Company.Name,
            CompanyKey = company is null ? null : CompanyRange.KeyOf(company),
            CompanyTail = company?.TailKey,
            CreditCode = s.Company.CreditCode,
            Industry = s.Company.Industry,
            Size = s.Company.Size,
            Headcount = s.Company.Headcount,
            Province = s.Company.Province,
            City = s.Company.City,
            Region = facts.Region?.ToString(),
            ContactName = s.Contact.Name,
            Title = s.Contact.Title,
            Role = s.Contact.Role,
            Requirement = s.Requirement,
            Products = [.. s.Products],
            BudgetMin = s.Budget.Min,
            BudgetMax = s.Budget.Max,
            BudgetMatch = s.Budget.Match,
            PurchaseBy = s.PurchaseBy,
            Tags = [.. s.Tags],
            Consent = s.Consent is null ? null : Json.Write(s.Consent with { GivenAt = s.Consent.GivenAt ?? received }),
            Custom = s.Custom.Count == 0 ? null : Json.Write(s.Custom),
            History = s.History is null ? null : Json.Write(s.History),
            ChangedAt = now,
        };
    }
}
