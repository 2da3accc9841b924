using Microsoft.AspNetCore.Mvc;

namespace Granary.Web.Hosting;

/// <summary>How large a request's body may be.</summary>
public static class BodyLimits
{
    /// <summary>Where nothing else is said: 1 MB.</summary>
    public const long Ordinary = 1 << 20;

    /// <summary>A batch of leads: 16 MB.</summary>
    public const long Batch = 16 << 20;

    /// <summary>A file to import: 64 MB.</summary>
    public const long Import = 64 << 20;

    /// <summary>Sets the limit of an endpoint; on pages <c>[RequestSizeLimit(BodyLimits.Import)]</c>.</summary>
    public static TBuilder LimitBody<TBuilder>(this TBuilder endpoint, long bytes)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RequestSizeLimitAttribute(bytes));
}
