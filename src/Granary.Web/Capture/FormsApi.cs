using System.Text.Json.Nodes;
using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Web.Hosting;
using Granary.Web.People;
using Granary.Web.Settings;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Capture;

/// <summary>A form to add, or what of it changes.</summary>
/// <param name="Name">Name for those who manage it, up to 100 characters.</param>
/// <param name="Slug">The last part of its address /f/{slug}: 2 to 60 of a–z, 0–9 and -.</param>
/// <param name="ChannelId">Channel of its leads.</param>
/// <param name="Open">Whether it takes submissions.</param>
/// <param name="Design">What it asks and says.</param>
public sealed record FormBody(string? Name = null, string? Slug = null, Guid? ChannelId = null, bool Open = true, FormDesign? Design = null)
{
    internal FormInput Input => new(Name ?? "", Slug ?? "", ChannelId ?? Guid.Empty, Open, Design ?? new FormDesign());
}

/// <summary>A form.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">Name for those who manage it.</param>
/// <param name="Slug">The last part of its address.</param>
/// <param name="ChannelId">Channel of its leads.</param>
/// <param name="Open">Whether it takes submissions.</param>
/// <param name="Design">What it asks and says.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record FormView(Guid Id, string Name, string Slug, Guid ChannelId, bool Open, FormDesign Design, DateTimeOffset CreatedAt)
{
    /// <summary>As the API shows it.</summary>
    public static FormView Of(Form form) => new(form.Id, form.Name, form.Slug, form.ChannelId, form.Open, Json.Read<FormDesign>(form.Design), form.CreatedAt);
}

/// <summary>The forms API.</summary>
public static class FormsApi
{
    internal static void MapFormsApi(this IEndpointRouteBuilder app)
    {
        var forms = app.MapGroup("/api/v1/forms").WithTags("Channels").Require(Permission.ManageChannels).Idempotent();
        forms.MapGet("/", List).Produces<Page<FormView>>();
        forms.MapGet("/{id:guid}", Get).Produces<FormView>();
        forms.MapPost("/", Create).Produces<FormView>(StatusCodes.Status201Created);
        forms.MapPatch("/{id:guid}", Change).Produces<FormView>().Accepts<FormBody>("application/merge-patch+json", "application/json");
    }

    /// <summary>Lists forms by name.</summary>
    /// <param name="store">The database.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List(Store store, CancellationToken ct)
    {
        await using var db = store.Open();
        var forms = await db.Set<Form>().AsNoTracking().OrderBy(f => f.Name).ToListAsync(ct);
        return TypedResults.Ok(new Page<FormView>(forms.ConvertAll(FormView.Of), null));
    }

    /// <summary>Gets a form.</summary>
    /// <param name="id">The form.</param>
    /// <param name="store">The database.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(Guid id, Store store, CancellationToken ct) =>
        await Find(id, store, ct) is { } form ? TypedResults.Ok(FormView.Of(form)) : Problem.NotFound();

    /// <summary>Adds a form.</summary>
    /// <param name="body">The form.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="store">The database.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> Create(FormBody body, SaveForm save, Viewer viewer, Store store, CancellationToken ct) =>
        save.Create(viewer.UserId, body.Input, ct).Answer(async id => TypedResults.Created($"/api/v1/forms/{id}", FormView.Of((await Find(Guid.Parse(id), store, ct))!)));

    /// <summary>Changes a form: members given replace, members left out stay (merge patch).</summary>
    /// <param name="id">The form.</param>
    /// <param name="patch">What changes.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="store">The database.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Change(Guid id, JsonObject patch, SaveForm save, Viewer viewer, Store store, CancellationToken ct)
    {
        if (await Find(id, store, ct) is not { } form)
        {
            return Problem.NotFound();
        }

        var now = FormView.Of(form);
        var changed = MergePatch.Apply(new FormBody(now.Name, now.Slug, now.ChannelId, now.Open, now.Design), patch);
        return await save.Change(viewer.UserId, id, changed.Input, ct).Answer(_ => Get(id, store, ct));
    }

    private static async Task<Form?> Find(Guid id, Store store, CancellationToken ct)
    {
        await using var db = store.Open();
        return await db.Set<Form>().AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, ct);
    }
}
