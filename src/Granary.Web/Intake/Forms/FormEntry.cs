using System.Security.Cryptography;
using System.Text;
using Granary.Application.Capture;
using Granary.Application.Intake;
using Granary.Domain.Capture;
using Granary.Domain.Capture.Mapping;
using Granary.Domain.Policies;
using Microsoft.AspNetCore.Http;

namespace Granary.Web.Intake.Forms;

/// <summary>What somebody typed into a form, and what the page knew besides.</summary>
public sealed class FormEntry
{
    /// <summary>Name of the field no person sees.</summary>
    public const string Trap = "website";

    /// <summary>Name of the consent box.</summary>
    public const string ConsentBox = "consent";

    /// <summary>Purpose for which consent is given.</summary>
    public const string Purpose = "sales_contact";

    /// <summary>Parameters of a link that are carried along unseen.</summary>
    public static IReadOnlyList<string> Carried { get; } = ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "landing", "referrer", LinkAddress.Parameter, "visitor"];

    private readonly Dictionary<string, string> _values;

    private FormEntry(Dictionary<string, string> values) => _values = values;

    /// <summary>An empty form, with what the link that led to it says.</summary>
    public static FormEntry Opened(HttpRequest request)
    {
        var values = Carried.Where(name => name.StartsWith("utm_", StringComparison.Ordinal))
            .ToDictionary(name => name, name => Cut(request.Query[name].ToString(), FieldLimits.Source));
        values["landing"] = Cut($"{request.Scheme}://{request.Host}{request.Path}{request.QueryString}", FieldLimits.Url);
        values[LinkAddress.Parameter] = Cut(request.Query[LinkAddress.Parameter].ToString(), FieldLimits.Source);
        values["visitor"] = Guid.TryParse(request.Query["visitor"], out var visitor) ? visitor.ToString() : "";
        values["referrer"] = Cut(request.Headers.Referer.ToString(), FieldLimits.Url);
        return new FormEntry(values);
    }

    /// <summary>A posted form.</summary>
    public static FormEntry Posted(IFormCollection form) => new(form.ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal));

    /// <summary>What stands in a field.</summary>
    public string this[string name] => _values.GetValueOrDefault(name, "");

    /// <summary>The visitor as the page around the form knows them.</summary>
    public Guid? Visitor => Guid.TryParse(this["visitor"], out var id) && id != Guid.Empty ? id : null;

    /// <summary>Whether the consent box was ticked.</summary>
    public bool Consents => this[ConsentBox] == "true";

    /// <summary>The submission, or which fields could not be read.</summary>
    public (LeadSubmission? Submission, List<FieldError> Errors) Read(FormDesign design, string channel, bool asksConsent, DateTimeOffset now, TimeZoneInfo zone)
    {
        List<FieldError> errors = [.. design.Fields.Where(f => f.Required && string.IsNullOrWhiteSpace(this[f.Path])).Select(f => new FieldError(f.Path, "required"))];
        if (asksConsent && !Consents)
        {
            errors.Add(new FieldError(ConsentBox, "required"));
        }

        string[] paths = [.. design.Fields.Select(f => f.Path)];
        var mapping = new ImportMapping { Columns = paths.ToDictionary(p => p, p => (ColumnRule?)ColumnRule.For(p)) };
        var row = new RowParser(mapping, paths, zone).Parse(new TableRow(1, [.. paths.Select(p => this[p])], []));
        errors.AddRange(row.Errors.Select(e => new FieldError(e.Field ?? "", e.Code, e.Limit)));
        return row.Submission is null || errors.Count > 0 ? (null, errors) : (Complete(row.Submission, design, channel, asksConsent, now), errors);
    }

    /// <summary>The key under which a ticket's submission is kept: whatever is sent with it, it lands once.</summary>
    public static IdempotencyKey? Key(FormTicket ticket) =>
        ticket.Submission is { } id && new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"form\n{id}")).AsSpan(0, 16), true) is var key ? new IdempotencyKey(key, key) : null;

    private LeadSubmission Complete(LeadSubmission read, FormDesign design, string channel, bool asksConsent, DateTimeOffset now) => read with
    {
        Channel = channel,
        ReceivedAt = now,
        Utm = new UtmTags(Carry("utm_source"), Carry("utm_medium"), Carry("utm_campaign"), Carry("utm_term"), Carry("utm_content")),
        LandingPage = Carry("landing"),
        Referrer = Carry("referrer"),
        Consent = asksConsent ? new Consent(Purpose, design.ConsentVersion, now) : null,
        Touches = [new SubmittedTouch(TouchKind.FormSubmitted, now)],
    };

    private string? Carry(string name) => this[name] is { Length: > 0 } value ? Cut(value, name.StartsWith("utm_", StringComparison.Ordinal) ? FieldLimits.Source : FieldLimits.Url) : null;

    // What a link carries is not the visitor's doing, so it is cut and cleaned, not refused.
    private static string Cut(string text, int limit)
    {
        var clean = string.Concat(text.Where(c => !char.IsControl(c)));
        return clean.Length <= limit ? clean : clean[..(char.IsHighSurrogate(clean[limit - 1]) ? limit - 1 : limit)];
    }
}
