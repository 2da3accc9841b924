namespace Granary.Domain.Policies;

/// <summary>A refused field: which, and why, as a stable code whose words are made when it is shown.</summary>
/// <param name="Field">The field's path as the API names it, such as <c>contact.phones[0]</c>.</param>
/// <param name="Code">Stable snake_case code, such as <c>required</c> or <c>too_long</c>.</param>
/// <param name="Limit">The bound that was overstepped, where there is one.</param>
public sealed record FieldError(string Field, string Code, string? Limit = null);
