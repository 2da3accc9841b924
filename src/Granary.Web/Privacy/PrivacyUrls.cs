namespace Granary.Web.Privacy;

/// <summary>Addresses of privacy's pages and forms.</summary>
public static class PrivacyUrls
{
    /// <summary>The desk of those who manage privacy.</summary>
    public const string Desk = "/privacy-desk";

    /// <summary>How long data is kept.</summary>
    public const string Retention = "/privacy-desk/retention";

    /// <summary>Runs retention now.</summary>
    public const string RetentionRuns = "/privacy-desk/retention/runs";

    /// <summary>Takes requests of persons.</summary>
    public const string Requests = "/privacy-desk/requests";

    /// <summary>Requests that were decided.</summary>
    public const string Decided = "/privacy-desk?decided=true";

    /// <summary>The requests behind one.</summary>
    public static string After(bool decided, Guid after) => decided ? $"{Decided}&after={after}" : $"{Desk}?after={after}";

    /// <summary>Takes the answer to a request.</summary>
    public static string Answers(Guid id) => $"{Requests}/{id}/answers";

    /// <summary>What is kept about the person of a request, as data.</summary>
    public static string FileJson(Guid id) => $"{Requests}/{id}/file.json";

    /// <summary>What is kept about the person of a request, to be read.</summary>
    public static string FileHtml(Guid id) => $"{Requests}/{id}/file.html";

    /// <summary>A person's own page.</summary>
    public static string Own(string token) => $"/privacy/{token}";

    /// <summary>A request of a person.</summary>
    public static string Request(Guid id) => $"/privacy-desk/requests/{id}";

    /// <summary>Takes a consent of a lead.</summary>
    public static string Consents(Guid leadId) => $"/leads/{leadId}/consents";

    /// <summary>Takes the withdrawal of a consent.</summary>
    public static string Withdrawals(Guid leadId) => $"/leads/{leadId}/withdrawals";

    /// <summary>Sets or ends a legal hold.</summary>
    public static string Restriction(Guid leadId) => $"/leads/{leadId}/restriction-end";

    public static string LegalHold(Guid leadId) => $"/leads/{leadId}/legal-hold";

    internal static string Lead(Guid id) => $"/leads/{id}";
}
