using System.ComponentModel;
using Granary.Domain.Policies;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace Granary.Web.Hosting;

/// <summary>
/// Names what of a query could not be read. Binding that is made at build time throws for a parameter of its own, which
/// <see cref="ApiFaults"/> reads, but only answers 400 for one that is a member of a query's type.
/// </summary>
internal static class UnreadParameters
{
    /// <summary>An error for each parameter of the query that is not what its type says; empty where all are.</summary>
    public static IReadOnlyList<FieldError> Of(HttpContext http) =>
    [
        .. from bound in http.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? []
           from named in bound.ParameterInfo.GetCustomAttributes(typeof(FromQueryAttribute), false).OfType<FromQueryAttribute>()
           let name = named.Name ?? bound.Name
           where http.Request.Query[name].Any(text => !Reads(bound.ParameterInfo.ParameterType, text))
           select new FieldError(name, "wrong_type"),
    ];

    private static bool Reads(Type type, string? text) =>
        string.IsNullOrEmpty(text) || TypeDescriptor.GetConverter(type.GetElementType() ?? Nullable.GetUnderlyingType(type) ?? type).IsValid(text);
}
