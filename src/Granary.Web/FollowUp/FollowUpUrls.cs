namespace Granary.Web.FollowUp;

/// <summary>Addresses of this room's pages and forms.</summary>
public static class FollowUpUrls
{
    public const string Templates = "/settings/follow-up-templates";

    public static string Lead(Guid leadId) => $"/leads/{leadId}";

    public static string Log(Guid leadId, string? back = null) => back is null ? $"/leads/{leadId}/log" : $"/leads/{leadId}/log?back={Uri.EscapeDataString(back)}";

    public static string Correct(Guid leadId, Guid id) => $"/leads/{leadId}/follow-ups/{id}";

    public static string File(Guid leadId, Guid id, Guid file) => $"/leads/{leadId}/follow-ups/{id}/attachments/{file}";

    public static string RemoveFile(Guid leadId, Guid id, Guid file) => $"/leads/{leadId}/follow-ups/{id}/attachments/{file}/removal";

    public static string StepDone(Guid leadId) => $"/leads/{leadId}/next-step-completion";

    public static string Template(Guid id) => $"{Templates}?edit={id}";
}
