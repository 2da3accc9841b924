using Granary.Application.Capture;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Cleansing;
using Granary.Domain.Scoring;

namespace Granary.Application.Scoring;

/// <summary>A stored lead as rules see it, and its score as it is stored.</summary>
public static class StoredScore
{
    extension(Lead lead)
    {
        /// <summary>Takes over the figures of a score; a promotion by hand stays.</summary>
        public void Take(Score score)
        {
            lead.Score = score.Total;
            lead.BehaviourScore = score.Behaviour;
            lead.AttributeScore = score.Attributes;
            lead.Priority = (int)score.Priority;
            lead.Stage = (int)score.Stage;
            lead.Cell = score.Cell;
            lead.Mature = score.Mature || lead.Promoted;
        }

        /// <summary>The facts of a stored lead; without its score.</summary>
        public LeadFacts Facts(Setting setting) => new()
        {
            Channel = setting.Channels.Path(lead.ChannelId),
            Campaign = lead.Campaign,
            Keyword = lead.Keyword,
            Content = lead.Content,
            Utm = lead.Utm is null ? UtmTags.None : Json.Read<UtmTags>(lead.Utm),
            ReferredBy = lead.ReferredBy,
            Company = new CompanyDetails
            {
                Name = lead.CompanyName,
                CreditCode = lead.CreditCode,
                Industry = lead.Industry,
                Size = lead.Size,
                Headcount = lead.Headcount,
                Province = lead.Province,
                City = lead.City,
            },
            Region = Regions.TryFind(lead.Region, out var region) ? region : null,
            ContactTitle = lead.Title,
            ContactRole = lead.Role,
            Requirement = lead.Requirement,
            Products = lead.Products,
            Budget = new Budget(lead.BudgetMin, lead.BudgetMax, lead.BudgetMatch),
            OfferAmount = setting.Scoring.OfferAmount,
            PurchaseBy = lead.PurchaseBy,
            Tags = lead.Tags,
            CustomFields = setting.LeadFields,
            Custom = lead.Custom is null ? new Dictionary<string, string>() : Json.Read<Dictionary<string, string>>(lead.Custom),
            Findings = FindingNames.Of((Finding)lead.Findings),
            Label = WireLabel(lead.Label),
            Promoted = lead.Promoted,
            Qualification = lead.Qualification,
            Grade = lead.ProjectGrade,
        };
    }

    internal static string WireLabel(EntryLabel label) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(label.ToString());
}
