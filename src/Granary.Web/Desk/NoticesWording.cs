using System.Globalization;
using Granary.Application.Desk;
using Granary.Application.People;
using Granary.Domain.Policies;
using Granary.Web.Analytics;
using Granary.Web.Campaigns;
using Granary.Web.Desk.Accounts;
using Granary.Web.Opportunities;
using Granary.Web.Opportunities.Partners;
using Granary.Web.People;
using Granary.Web.Privacy;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Desk;

/// <summary>Puts notices into words where no request says in which language: in the one in which the channel was chosen.</summary>
internal sealed class NoticesWording(IStringLocalizer<NoticeTexts> texts, IConfiguration configuration)
{
    private readonly string? _address = configuration["Granary:PublicAddress"]?.TrimEnd('/');

    public NoticeText Of(NoticeFacts facts)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = Language(facts.Language);
        try
        {
            string said = texts[$"kind.{WireName.Of(facts.Kind)}"];
            var url = _address is null ? null : _address + Target(facts);
            List<string> lines = [said];
            if (facts.Company is { } company)
            {
                lines.Add(texts["message.company", company]);
            }

            if (facts.DeadlineAt is { } due)
            {
                lines.Add(texts["message.deadline", TimeZoneInfo.ConvertTime(due, facts.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)]);
            }

            if (url is not null)
            {
                lines.Add(url);
            }

            return new(texts["message.subject", facts.Company is null ? said : $"{said} · {facts.Company}"], string.Join('\n', lines), url);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static string Target(NoticeFacts facts) => facts.Kind switch
    {
        NoticeKind.ImportEnded => Urls.Import(facts.SubjectId),
        NoticeKind.RevealsMany => Urls.NoticesOf(NoticeKind.RevealsMany),
        NoticeKind.LeaveAsked or NoticeKind.LeaveDecided => PeopleUrls.Leave,
        NoticeKind.PersonRequestDue or NoticeKind.PersonRequestOverdue => PrivacyUrls.Request(facts.SubjectId),
        NoticeKind.ExportWaits or NoticeKind.ExportDecided or NoticeKind.ExportEnded => ExportUrls.Export(facts.SubjectId),
        NoticeKind.RateAlert => AnalyticsUrls.Report("fluctuation"),
        NoticeKind.ReportUnsent => AnalyticsUrls.Saved,
        _ when NoticeWords.Account(facts.Kind) => AccountUrls.Account(facts.SubjectId),
        _ when NoticeWords.Registration(facts.Kind) => PartnerUrls.Registration(facts.SubjectId),
        _ when NoticeWords.Campaign(facts.Kind) => CampaignUrls.Of(facts.SubjectId),
        _ when NoticeWords.Opportunity(facts.Kind) => OpportunityUrls.Of(facts.SubjectId),
        _ when NoticeWords.Review(facts.Kind) => Urls.LeadReview(facts.SubjectId),
        _ => Urls.Lead(facts.SubjectId),
    };

    private static CultureInfo Language(string? code)
    {
        var known = Components.Interface.Languages;
        return CultureInfo.GetCultureInfo(known.Any(l => l.Code == code) ? code! : known[0].Code);
    }
}
