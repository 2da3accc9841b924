using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Granary.Web.People;

/// <summary>A version of the confidentiality undertaking.</summary>
/// <param name="Version">Number, from 1.</param>
/// <param name="Chinese">The text in Chinese.</param>
/// <param name="English">The text in English.</param>
/// <param name="AuthorId">Who published it.</param>
/// <param name="PublishedAt">When.</param>
/// <param name="WithdrawnAt">When it was withdrawn; null otherwise.</param>
/// <param name="Confirmed">How many confirmed it.</param>
public sealed record UndertakingView(int Version, string Chinese, string English, Guid AuthorId, DateTimeOffset PublishedAt, DateTimeOffset? WithdrawnAt, int Confirmed)
{
    internal static UndertakingView Of(CountedUndertaking counted) => new(
        counted.Version.Version, counted.Version.Chinese, counted.Version.English, counted.Version.AuthorId, counted.Version.PublishedAt, counted.Version.WithdrawnAt, counted.Confirmed);
}

/// <summary>A text to publish.</summary>
/// <param name="Chinese">In Chinese, up to 20,000 characters.</param>
/// <param name="English">In English, up to 20,000 characters.</param>
public sealed record UndertakingBody(string Chinese, string English);

/// <summary>What a user confirmed.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Name">Their name.</param>
/// <param name="Email">Their sign-in name.</param>
/// <param name="Version">The version.</param>
/// <param name="At">When; null when their confirmation is missing.</param>
/// <param name="Address">Network address they confirmed from.</param>
/// <param name="Language">Language in which they read it.</param>
public sealed record ConfirmationView(Guid UserId, string Name, string Email, int Version, DateTimeOffset? At, string? Address, string? Language);

/// <summary>The confidentiality undertaking: its versions, and who confirmed which. People confirm on the page, never by a key.</summary>
public static class UndertakingApi
{
    private const string Path = "/api/v1/undertaking";

    internal static void MapUndertaking(this IEndpointRouteBuilder app)
    {
        var undertaking = app.MapGroup(Path).WithTags("People");
        undertaking.MapGet("/versions", Versions).Require(Permission.ManagePrivacy).Produces<Page<UndertakingView>>();
        undertaking.MapPost("/publication", Publish).Require(Permission.ManagePrivacy).Idempotent().Produces<UndertakingView>(StatusCodes.Status201Created);
        undertaking.MapDelete("/publication", Withdraw).Require(Permission.ManagePrivacy).Produces(StatusCodes.Status204NoContent);
        undertaking.MapGet("/confirmations", Confirmations).Require(Permission.ViewAudit).Produces<Page<ConfirmationView>>();
        app.MapPost(PeopleUrls.ExportConfirmations, Export).Require(Permission.ViewAudit).ExcludeFromDescription();
    }

    /// <summary>Lists all versions, the latest first; it is in force unless it was withdrawn.</summary>
    /// <param name="undertakings">The versions.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Versions(Undertakings undertakings, CancellationToken ct) =>
        TypedResults.Ok(new Page<UndertakingView>([.. (await undertakings.Versions(ct)).Select(UndertakingView.Of)], null));

    /// <summary>Publishes a version: from now on everybody, whoever publishes it too, confirms it before they see or do anything.</summary>
    /// <param name="body">The text.</param>
    /// <param name="save">The use case.</param>
    /// <param name="undertakings">The versions.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Publish(UndertakingBody body, SaveUndertaking save, Undertakings undertakings, Viewer viewer, CancellationToken ct) =>
        await save.Publish(viewer.UserId, body.Chinese, body.English, ct) is SettingResult.Refused refused
            ? Problem.Invalid(refused.Errors)
            : TypedResults.Created($"{Path}/versions", UndertakingView.Of((await undertakings.Versions(ct))[0]));

    /// <summary>Withdraws the version in force; nobody is asked any more.</summary>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Withdraw(SaveUndertaking save, Viewer viewer, CancellationToken ct) =>
        await save.Withdraw(viewer.UserId, ct) is SettingResult.Done ? TypedResults.NoContent() : Problem.NotFound();

    /// <summary>Lists who confirmed a version and who has not yet.</summary>
    /// <param name="page">Which page.</param>
    /// <param name="version">The version; the latest when left out.</param>
    /// <param name="missing">Only those whose confirmation is missing, or only the others.</param>
    /// <param name="undertakings">The confirmations.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Confirmations([AsParameters] PageQuery page, int? version, bool? missing, Undertakings undertakings, CancellationToken ct)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        if (!Cursor.TryRead<Guid?>(page.After, out var after))
        {
            return Cursor.Bad;
        }

        if (await undertakings.Of(version, missing, ct) is not var (found, people))
        {
            return version is null ? TypedResults.Ok(new Page<ConfirmationView>([], null)) : Problem.NotFound();
        }

        IReadOnlyList<ConfirmationView> read =
        [
            .. (after is { } last ? people.SkipWhile(u => u.Person.Id != last).Skip(1) : people).Take(page.Size + 1)
                .Select(u => new ConfirmationView(u.Person.Id, u.Person.Name, u.Person.Email, found.Version, u.Confirmation?.At, u.Confirmation?.Address, u.Confirmation?.Language)),
        ];
        return TypedResults.Ok(Page.Cut(read, page.Size, c => Cursor.Write(c.UserId)));
    }

    private static async Task<IResult> Export([FromForm] int? version, Undertakings undertakings, Viewer viewer, IStringLocalizer<UndertakingTexts> texts, CancellationToken ct)
    {
        string[] headings = [.. new[] { "name", "email", "department", "version", "at", "address", "language" }.Select(k => texts[$"column.{k}"].Value)];
        return await undertakings.Export(viewer.UserId, version, headings, ct) is var (found, file)
            ? TypedResults.File(file, "text/csv; charset=utf-8", $"undertaking-{found}.csv")
            : TypedResults.NotFound();
    }
}
