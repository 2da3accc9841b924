using System.Globalization;
using Granary.Application.Desk;
using Granary.Application.People;
using Granary.Domain.Policies;
using Granary.Web.People;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Desk;

/// <summary>Puts notices into words where no request says in which language: in the product's first one.</summary>
internal sealed class NoticesWording(IStringLocalizer<NoticeTexts> texts, IConfiguration configuration)
{
    private static readonly CultureInfo Language = CultureInfo.GetCultureInfo(Components.Interface.Languages[0].Code);

    private readonly string? _address = configuration["Granary:PublicAddress"]?.TrimEnd('/');

    public NoticeText Of(NoticeFacts facts)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = Language;
        try
        {
            string said = texts[$"kind.{WireName.Of(facts.Kind)}"];
            var url = _address is null ? null : _address + (facts.Kind == NoticeKind.ImportEnded ? Urls.Import(facts.SubjectId) : Urls.Lead(facts.SubjectId));
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
}
