using Granary.Domain.Policies;

namespace Granary.Domain.Review;

/// <summary>What an application for review may be asked to have (§7), by the API's names.</summary>
public static class ApplicationFields
{
    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["company.name", "company.industry", "company.size", "contact.name", "contact.title", "requirement", "products", "budget", "purchaseBy"];

    /// <summary>The fields that are asked for and not there, each <c>required</c>.</summary>
    /// <param name="asked">Names that are asked for.</param>
    /// <param name="given">Whether a field is there.</param>
    public static IReadOnlyList<FieldError> Missing(IEnumerable<string> asked, Func<string, bool> given) =>
        [.. asked.Where(f => !given(f)).Select(f => new FieldError(f, "required"))];
}
