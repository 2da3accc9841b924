using System.Buffers;
using System.Text.Json;
using Granary.Application.Capture;
using Granary.Application.Intake;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Intake;

/// <summary>What a delivery became.</summary>
/// <param name="Id">The lead.</param>
/// <param name="Outcome">created, linked, refreshed, convertedToExisting or held.</param>
public sealed record HookAnswer(Guid Id, LandingOutcome Outcome);

/// <summary>Inbound hooks at <c>/hooks/{token}</c>: another system delivers its own JSON, read by the hook's mapping (§3).</summary>
public sealed class HookDoor(Store store, LeadIntake intake, Vault vault)
{
    internal static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/hooks/{token}", (string token, HookDoor door, HttpContext http) => door.Take(token, http))
        .AllowAnonymous().ExcludeFromDescription().RequireRateLimiting(PublicLimit.Anonymous)
        .WithMetadata(new OwnGuardAttribute("The token in its address, which only the other system knows."));

    private async Task<IResult> Take(string token, HttpContext http)
    {
        if (await Find(token, http.RequestAborted) is not { } hook)
        {
            return Problem.NotFound();
        }

        try
        {
            // Platforms repeat a delivery that was not answered in time; the same words are the same delivery.
            var body = (await RequestBody.Read(http.Request)).ToArray();
            using var delivery = JsonDocument.Parse(body);
            return await Land(hook, delivery.RootElement, body, http);
        }
        catch (JsonException)
        {
            return new Problem("broken_json", StatusCodes.Status400BadRequest);
        }
        catch (BadHttpRequestException bad)
        {
            return new Problem(bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? "body_too_large" : "unsupported_media_type", bad.StatusCode);
        }
    }

    private async Task<IResult> Land(InboundHook hook, JsonElement delivery, byte[] body, HttpContext http)
    {
        var setting = http.Features.GetRequiredFeature<Setting>();
        var read = HookMapping.Read(Json.Read<Dictionary<string, string>>(hook.Mapping), delivery, setting.Calendar.Zone);
        if (read.Submission is not { } submission)
        {
            return Problem.Invalid([.. read.Errors.Select(e => new FieldError(e.Field ?? "", e.Code, e.Limit))]);
        }

        var result = await intake.Submit(
            new IntakeRequest
            {
                Submission = string.IsNullOrEmpty(submission.Channel) ? submission with { Channel = setting.Channels.Path(hook.ChannelId) } : submission,
                Idempotency = vault.Digest($"hook\n{hook.Id}", body) is var key ? new IdempotencyKey(key, key) : null,
            },
            http.RequestAborted);
        return result is IntakeResult.Landed(var landing)
            ? TypedResults.Ok(new HookAnswer(landing.LeadId, landing.Outcome))
            : LandingAnswers.Refusal(result)!;
    }

    private async Task<InboundHook?> Find(string token, CancellationToken ct)
    {
        var hash = SaveHook.HashOf(token);
        await using var db = store.Open();
        return await db.Set<InboundHook>().AsNoTracking().SingleOrDefaultAsync(h => h.TokenHash == hash && h.Open, ct);
    }
}
