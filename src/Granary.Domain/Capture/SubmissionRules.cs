using Granary.Domain.Policies;

namespace Granary.Domain.Capture;

/// <summary>
/// What a submission must keep to in order to be taken in at all (§3). What is merely doubtful, such as a wrong phone number, is
/// let through and found by cleansing, so that nothing is lost. Pure and safe to share between threads.
/// </summary>
public static class SubmissionRules
{
    private const int MoneyDecimals = 2;

    /// <summary>What is wrong with a submission, each with the field's path as the API names it; none when it can be taken in.</summary>
    /// <param name="submission">The submission as typed.</param>
    /// <param name="required">Fields it must fill.</param>
    /// <param name="now">The present instant; what is more than 5 minutes later lies in the future.</param>
    public static IReadOnlyList<FieldError> Validate(LeadSubmission submission, RequiredFields required, DateTimeOffset now)
    {
        var check = new FieldCheck();
        check.Errors.AddRange(required.Missing(submission));
        CheckSource(check, submission, now);
        CheckCompany(check, submission.Company);
        CheckContact(check, submission.Contact);
        CheckDemand(check, submission);
        CheckConsent(check, submission.Consent, now);
        CheckCustom(check, submission.Custom);
        CheckTouches(check, submission.Touches, now);
        CheckHistory(check, submission.History, now);
        return check.Errors;
    }

    /// <summary>What is wrong with the channel and campaign that a touch came by; nothing when it can be kept.</summary>
    /// <param name="channel">Path of the channel, one level or two; null when it is not known.</param>
    /// <param name="campaign">Campaign; null when it is not known.</param>
    public static IReadOnlyList<FieldError> Origin(string? channel, string? campaign)
    {
        var check = new FieldCheck();
        CheckOrigin(check, channel, campaign);
        return check.Errors;
    }

    private static void CheckOrigin(FieldCheck check, string? channel, string? campaign)
    {
        check.Text("channel", channel, FieldLimits.Channel);
        if (!string.IsNullOrWhiteSpace(channel) && !IsChannel(channel))
            check.Add("channel", "invalid_channel");
        check.Text("campaign", campaign, FieldLimits.Source);
    }

    private static void CheckSource(FieldCheck check, LeadSubmission lead, DateTimeOffset now)
    {
        CheckOrigin(check, lead.Channel, lead.Campaign);
        check.Text("keyword", lead.Keyword, FieldLimits.Source);
        check.Text("content", lead.Content, FieldLimits.Source);
        check.Text("utm.source", lead.Utm.Source, FieldLimits.Source);
        check.Text("utm.medium", lead.Utm.Medium, FieldLimits.Source);
        check.Text("utm.campaign", lead.Utm.Campaign, FieldLimits.Source);
        check.Text("utm.term", lead.Utm.Term, FieldLimits.Source);
        check.Text("utm.content", lead.Utm.Content, FieldLimits.Source);
        check.Text("landingPage", lead.LandingPage, FieldLimits.Url);
        check.Text("referrer", lead.Referrer, FieldLimits.Url);
        check.Text("referredBy", lead.ReferredBy, FieldLimits.ReferredBy);
        check.Text("externalId", lead.ExternalId, FieldLimits.ExternalId);
        check.Past("receivedAt", lead.ReceivedAt, now);
    }

    /// <summary>One level or two, neither empty.</summary>
    private static bool IsChannel(ReadOnlySpan<char> channel)
    {
        var levels = 0;
        foreach (var level in channel.SplitAny('/', '／'))
        {
            if (channel[level].IsWhiteSpace())
                return false;
            levels++;
        }

        return levels <= 2;
    }

    private static void CheckCompany(FieldCheck check, CompanyDetails company)
    {
        check.Text("company.name", company.Name, FieldLimits.CompanyName);
        check.Text("company.creditCode", company.CreditCode, FieldLimits.CreditCode);
        if (!string.IsNullOrWhiteSpace(company.CreditCode) && !CreditCode.IsValid(CreditCode.Normalise(company.CreditCode)))
            check.Add("company.creditCode", "invalid_credit_code");
        check.Text("company.industry", company.Industry, FieldLimits.Industry);
        check.Defined("company.size", company.Size);
        check.Range("company.headcount", company.Headcount, 0, FieldLimits.Headcount);
        check.Text("company.province", company.Province, FieldLimits.Place);
        check.Text("company.city", company.City, FieldLimits.Place);
    }

    private static void CheckContact(FieldCheck check, ContactDetails contact)
    {
        check.Text("contact.name", contact.Name, FieldLimits.ContactName);
        check.Text("contact.title", contact.Title, FieldLimits.Title);
        check.Defined("contact.role", contact.Role);
        check.Texts("contact.phones", contact.Phones, FieldLimits.Phones, FieldLimits.Phone);
        check.Texts("contact.emails", contact.Emails, FieldLimits.Emails, FieldLimits.Email);
        check.Text("contact.wechat", contact.WeChat, FieldLimits.WeChat);
    }

    private static void CheckDemand(FieldCheck check, LeadSubmission lead)
    {
        check.Lines("requirement", lead.Requirement, FieldLimits.Requirement);
        check.Texts("products", lead.Products, FieldLimits.Products, FieldLimits.Product);
        check.Texts("tags", lead.Tags, FieldLimits.Tags, FieldLimits.Tag);
        CheckMoney(check, "budget.min", lead.Budget.Min);
        CheckMoney(check, "budget.max", lead.Budget.Max);
        if (lead.Budget.Min > lead.Budget.Max)
            check.Add("budget.min", "min_above_max");
        check.Defined("budget.match", lead.Budget.Match);
        check.Range("purchaseBy", lead.PurchaseBy?.Year, FieldLimits.FirstYear, FieldLimits.LastYear);
    }

    private static void CheckMoney(FieldCheck check, string field, decimal? amount)
    {
        check.Range(field, amount, 0m, FieldLimits.Budget);
        if (amount is { } money && decimal.Round(money, MoneyDecimals) != money)
            check.Add(field, "too_precise", "2");
    }

    private static void CheckConsent(FieldCheck check, Consent? consent, DateTimeOffset now)
    {
        if (consent is null)
            return;
        if (string.IsNullOrWhiteSpace(consent.Purpose))
            check.Add("consent.purpose", "required");
        check.Text("consent.purpose", consent.Purpose, FieldLimits.Consent);
        check.Text("consent.textVersion", consent.TextVersion, FieldLimits.Consent);
        check.Past("consent.givenAt", consent.GivenAt, now);
    }

    private static void CheckCustom(FieldCheck check, IReadOnlyDictionary<string, string> custom)
    {
        if (custom.Count > FieldLimits.CustomFields)
        {
            check.Add("custom", "too_many", $"{FieldLimits.CustomFields}");
            return;
        }

        foreach (var (name, value) in custom)
        {
            if (string.IsNullOrWhiteSpace(name))
                check.Add("custom", "required");
            check.Text("custom", name, FieldLimits.CustomName);
            check.Lines($"custom.{name}", value, FieldLimits.CustomValue);
        }
    }

    private static void CheckHistory(FieldCheck check, LeadHistory? history, DateTimeOffset now)
    {
        if (history is null)
            return;
        check.Past("history.mqlAt", history.MqlAt, now);
        check.Past("history.sqlAt", history.SqlAt, now);
        check.Past("history.opportunityAt", history.OpportunityAt, now);
        check.Past("history.wonAt", history.WonAt, now);
        check.Past("history.paidAt", history.PaidAt, now);
        CheckMoney(check, "history.amount", history.Amount);
        CheckMoney(check, "history.paidAmount", history.PaidAmount);
    }

    private static void CheckTouches(FieldCheck check, IReadOnlyList<SubmittedTouch> touches, DateTimeOffset now)
    {
        if (touches.Count > FieldLimits.Touches)
        {
            check.Add("touches", "too_many", $"{FieldLimits.Touches}");
            return;
        }

        for (var i = 0; i < touches.Count; i++)
        {
            check.Defined<TouchKind>($"touches[{i}].kind", touches[i].Kind);
            check.Past($"touches[{i}].at", touches[i].At, now);
            check.Range<int>($"touches[{i}].count", touches[i].Count, 1, FieldLimits.TouchCount);
        }
    }
}
