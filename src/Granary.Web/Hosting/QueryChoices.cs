using Granary.Domain.Policies;

namespace Granary.Web.Hosting;

/// <summary>Choices that an address names by their wire names.</summary>
internal static class QueryChoices
{
    /// <summary>The members of those names, in their order; a name that is none is an error of the parameter.</summary>
    public static List<T> Read<T>(IReadOnlyList<string>? names, string parameter, List<FieldError> errors)
        where T : struct, Enum
    {
        List<T> members = [];
        foreach (var name in names ?? [])
        {
            if (Enum.GetValues<T>().Where(m => string.Equals(WireName.Of(m), name, StringComparison.OrdinalIgnoreCase)).Select(m => (T?)m).FirstOrDefault() is { } member)
            {
                members.Add(member);
            }
            else
            {
                errors.Add(new FieldError(parameter, "not_a_choice"));
            }
        }

        return members;
    }
}
