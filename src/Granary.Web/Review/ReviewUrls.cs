using Granary.Domain.Opportunities;
using Granary.Domain.Policies;

namespace Granary.Web.Review;

/// <summary>Addresses of review.</summary>
public static class ReviewUrls
{
    /// <summary>The queues and the register.</summary>
    public const string List = "/reviews";

    /// <summary>The figures.</summary>
    public const string Figures = "/reviews/figures";

    /// <summary>The register as a file.</summary>
    public const string File = "/reviews/register.csv";

    /// <summary>The review of a lead.</summary>
    public static string Of(Guid lead) => $"/leads/{lead}/review";

    /// <summary>A page or form below it.</summary>
    public static string Of(Guid lead, string part) => $"/leads/{lead}/review/{part}";

    /// <summary>The editor of a diagram.</summary>
    public static string Paper(Guid lead, PaperKind kind) => $"/leads/{lead}/papers/{WireName.Of(kind)}";
}
