using Granary.Application.Ownership;
using Granary.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Granary.Web.FollowUp;

/// <summary>Says why something about a follow-up was not done.</summary>
public sealed class RefusalWords(IStringLocalizer<FollowUpTexts> texts, FieldErrorText fields)
{
    /// <summary>Why, and what to do.</summary>
    /// <param name="result">What became of it; not done.</param>
    /// <param name="shortest">Fewest characters of a follow-up.</param>
    public string Of(LeadResult result, int shortest) => result switch
    {
        LeadResult.Invalid([var error, ..]) => fields.Of(error),
        LeadResult.Refused(var code) when texts[$"refused.{code}", shortest] is { ResourceNotFound: false } said => said,
        _ => texts["refused.other"],
    };
}
