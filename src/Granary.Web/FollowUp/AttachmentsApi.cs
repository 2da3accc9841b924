using Granary.Application.FollowUp;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Web.Hosting;
using Granary.Web.Ownership;
using Granary.Web.People;

namespace Granary.Web.FollowUp;

/// <summary>A file that is attached to a follow-up.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">File name.</param>
/// <param name="Type">Media type, by what the file holds.</param>
/// <param name="Size">Bytes.</param>
public sealed record AttachmentView(Guid Id, string Name, string Type, int Size)
{
    internal static AttachmentView Of(AttachedFile file) => new(file.Id, file.Name, file.Type, file.Size);
}

/// <summary>Files that were attached.</summary>
/// <param name="Items">The files.</param>
public sealed record AttachmentsAnswer(IReadOnlyList<AttachmentView> Items);

/// <summary>What a follow-up is to say; what is left out stays.</summary>
/// <param name="Method">call, mail, visit, weChat, meeting or other.</param>
/// <param name="Content">What was said and done.</param>
/// <param name="Feedback">What the customer said; an empty text takes it away.</param>
public sealed record CorrectionBody(FollowUpMethod? Method = null, string? Content = null, string? Feedback = null);

/// <summary>Files and corrections of follow-ups, and the next step that one named.</summary>
public static class AttachmentsApi
{
    internal static void MapAttachments(this IEndpointRouteBuilder app)
    {
        var lead = app.MapGroup("/api/v1/leads/{id:guid}").WithTags("Leads").Require(Permission.ViewLeads);
        lead.MapPost("/follow-ups/{followUp:guid}/attachments", Attach).DisableAntiforgery().WithMetadata(new TakesFilesAttribute()).Produces<AttachmentsAnswer>(StatusCodes.Status201Created);
        lead.MapGet("/follow-ups/{followUp:guid}/attachments/{file:guid}", Download).Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
        lead.MapDelete("/follow-ups/{followUp:guid}/attachments/{file:guid}", Remove).Produces(StatusCodes.Status204NoContent);
        lead.MapPost("/follow-ups/{followUp:guid}/corrections", Correct).Idempotent().Produces<FollowUpView>(StatusCodes.Status201Created);
        lead.MapPost("/next-step-completion", Finish).Idempotent().Produces<LeadState>(StatusCodes.Status201Created);
    }

    /// <summary>Attaches files to a follow-up of one's own: at most 5, each up to 10 MB, PDF, PNG, JPEG, WebP, DOCX, XLSX, text, M4A, MP3 or WAV.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="followUp">The follow-up.</param>
    /// <param name="files">The files.</param>
    /// <param name="attach">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Attach(Guid id, Guid followUp, IFormFileCollection files, AttachFiles attach, Viewer viewer, HttpContext http, CancellationToken ct)
    {
        var (added, result) = await attach.Attach(viewer, id, followUp, await TakesFilesAttribute.Read(files, ct), ct);
        return (IResult?)result.Problem(http)
            ?? TypedResults.Created($"/api/v1/leads/{id}/follow-ups", new AttachmentsAnswer([.. added.Select(AttachmentView.Of)]));
    }

    /// <summary>Gives a file, always as a download; who opened it stands in the lead's history.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="followUp">The follow-up.</param>
    /// <param name="file">The file.</param>
    /// <param name="read">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Download(Guid id, Guid followUp, Guid file, ReadAttachment read, Viewer viewer, HttpContext http, CancellationToken ct)
    {
        var (opened, refusal) = await read.Open(viewer, id, followUp, file, ct);
        return (IResult?)refusal?.Problem(http) ?? opened!.Answer(http);
    }

    /// <summary>Takes a file off a follow-up of one's own, within 24 hours.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="followUp">The follow-up.</param>
    /// <param name="file">The file.</param>
    /// <param name="attach">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Remove(Guid id, Guid followUp, Guid file, AttachFiles attach, Viewer viewer, HttpContext http, CancellationToken ct) =>
        (IResult?)(await attach.Remove(viewer, id, followUp, file, ct)).Problem(http) ?? TypedResults.NoContent();

    /// <summary>Corrects a follow-up of one's own within 24 hours; what it said before is kept.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="followUp">The follow-up.</param>
    /// <param name="body">What it is to say.</param>
    /// <param name="correct">The use case.</param>
    /// <param name="read">The list.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Correct(
        Guid id, Guid followUp, CorrectionBody body, CorrectFollowUp correct, ReadFollowUps read, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        var (_, result) = await correct.Correct(viewer, id, followUp, body.Method, body.Content, body.Feedback, ct);
        return (IResult?)result.Problem(http)
            ?? TypedResults.Created($"/api/v1/leads/{id}/follow-ups", FollowUpView.Of((await read.Some(viewer, id, [followUp], ct)).Single(), setting));
    }

    /// <summary>Takes the next step off a lead: it is done, and reminds nobody any more.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="finish">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Finish(Guid id, FinishNextStep finish, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        (await finish.Finish(viewer, id, LeadAnswers.Seen(http), ct)).Answer(http, setting);
}
