namespace Granary.Web.Opportunities.Partners;

/// <summary>A registration as a form posts it.</summary>
public sealed class RegistrationForm
{
    public string? Kind { get; set; }

    public string? Company { get; set; }

    public string? Need { get; set; }

    public string? Amount { get; set; }

    public string? ExpectedOn { get; set; }

    /// <summary>The button that posted: <c>check</c> only looks for what stands against it.</summary>
    public string? Do { get; set; }
}
