namespace Granary.Application.Intake;

/// <summary>The campaign to which leads of a form belong, by its code; null where it is no campaign's questionnaire. A later room knows.</summary>
/// <param name="formId">The form.</param>
/// <param name="ct">Cancellation.</param>
public delegate Task<string?> FormCampaign(Guid formId, CancellationToken ct);
