using Granary.Application.Capture;
using Granary.Application.Ownership;

namespace Granary.Application.Opportunities;

/// <summary>What a later room has to say about conversions: whether a lead may become an opportunity, and what goes along.</summary>
public abstract class ConversionPart
{
    /// <summary>Why a lead does not become an opportunity of a business line; null where it may.</summary>
    internal abstract Task<LeadResult?> Refusal(LeadWork work, Lead lead, string line, CancellationToken ct);

    /// <summary>Takes along what is kept about the lead; rows of opportunities that it makes bear the instant of the conversion.</summary>
    internal abstract Task Carry(LeadWork work, Lead lead, Opportunity opportunity, CancellationToken ct);

    /// <summary>The conversion was undone, and the lead is worked on again.</summary>
    internal abstract Task Undone(LeadWork work, Lead lead, CancellationToken ct);
}
