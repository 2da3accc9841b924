using System.Text.Json;
using Granary.Application.Intake.Collect;
using Granary.Application.Ownership;
using Granary.Application.Settings;
using Granary.Domain.Capture;
using Granary.Domain.Policies;

namespace Granary.Web.Intake.Collect;

/// <summary>One touch as a page reports it.</summary>
/// <param name="Visitor">The visitor's id.</param>
/// <param name="Kind">What happened; null is a page visited.</param>
/// <param name="Url">The page.</param>
/// <param name="Detail">What it was about; the page when left out.</param>
/// <param name="Ago">How many milliseconds ago it happened.</param>
/// <param name="Channel">Channel by its path.</param>
/// <param name="Utm">Parameters of the address: campaign, term and content are taken over.</param>
/// <param name="Link">Code of the tracked link it came by.</param>
/// <param name="Consent">Whether the visitor agreed to be known.</param>
/// <param name="SignOff">Whether the person who used the browser has signed off.</param>
public sealed record PageTouchBody(
    Guid? Visitor = null, TouchKind? Kind = null, string? Url = null, string? Detail = null, long? Ago = null, string? Channel = null, UtmTags? Utm = null, string? Link = null,
    bool Consent = false, bool SignOff = false)
{
    /// <summary>What is wrong with it.</summary>
    public IEnumerable<FieldError> Errors(string at)
    {
        if (Visitor is null || Visitor == Guid.Empty)
        {
            yield return new FieldError($"{at}visitor", "required");
        }

        if (Kind is { } kind && !PageTouch.Kinds.Contains(kind))
        {
            yield return new FieldError($"{at}kind", "not_allowed");
        }

        if (Ago is < 0)
        {
            yield return new FieldError($"{at}ago", "out_of_range", $"0–{PageTouch.Oldest.TotalMilliseconds:0}");
        }

        foreach (var (name, text, longest) in new[]
        {
            ("url", Url, FieldLimits.Url), ("detail", Detail, TouchLead.Detail), ("channel", Channel, 2 * FieldLimits.Channel + 1),
            ("utm.campaign", Utm?.Campaign, FieldLimits.Source), ("utm.term", Utm?.Term, FieldLimits.Source), ("utm.content", Utm?.Content, FieldLimits.Source),
        })
        {
            if (text?.Length > longest)
            {
                yield return new FieldError($"{at}{name}", "too_long", $"{longest}");
            }
            else if (text?.Any(char.IsControl) == true)
            {
                yield return new FieldError($"{at}{name}", "control_character");
            }
        }
    }

    /// <summary>The touch that it tells of.</summary>
    public Collected Read(Setting setting, LinkCard? link, DateTimeOffset now)
    {
        var ago = TimeSpan.FromMilliseconds(Math.Min(Ago ?? 0, PageTouch.Oldest.TotalMilliseconds));
        return new Collected
        {
            VisitorId = Visitor,
            Kind = Kind ?? TouchKind.PageVisited,
            At = now - ago,
            Detail = Some(Detail) ?? PageTouch.Page(Url, TouchLead.Detail),
            ChannelId = link?.ChannelId ?? (Some(Channel) is { } path ? setting.Channels.Find(Application.Capture.ChannelPath.Normalise(path) ?? "")?.Id : null),
            Campaign = link?.Campaign ?? Some(Utm?.Campaign),
            Keyword = Some(Utm?.Term),
            Content = link?.Content ?? Some(Utm?.Content),
            LinkId = link?.Id,
        };
    }

    private static string? Some(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>Reads a body: one touch or a list of them.</summary>
    /// <exception cref="JsonException">It is no JSON, or not of this shape.</exception>
    public static IReadOnlyList<PageTouchBody> Parse(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.ValueKind == JsonValueKind.Array
            ? document.RootElement.Deserialize<List<PageTouchBody>>(Hosting.WireJson.Options) ?? []
            : [document.RootElement.Deserialize<PageTouchBody>(Hosting.WireJson.Options) ?? new PageTouchBody()];
    }
}
