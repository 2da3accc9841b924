using System.Net;
using Granary.Web.Components;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.TestHost;

namespace Granary.Web.Tests.Components;

public sealed class SendingElsewhereTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_part_that_sends_elsewhere_at_once_inside_one_that_had_to_wait_is_a_redirect()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddInterface();
        await using var app = builder.Build();
        app.MapGet("/", () => new RazorComponentResult<Waits>());
        await app.StartAsync(Ct);
        using var client = app.GetTestClient();

        using var answer = await client.GetAsync(new Uri("/", UriKind.Relative), Ct);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("http://localhost/there", answer.Headers.Location?.ToString());
    }

    private sealed class Waits : ComponentBase
    {
        private bool _ready;

        protected override async Task OnInitializedAsync()
        {
            await Task.Yield();
            _ready = true;
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            if (_ready)
            {
                builder.OpenComponent<Leaves>(0);
                builder.CloseComponent();
                builder.OpenComponent<Follows>(1);
                builder.CloseComponent();
            }
        }
    }

    private sealed class Leaves : ComponentBase
    {
        [Inject] private NavigationManager Nav { get; set; } = default!;

        protected override Task OnInitializedAsync()
        {
            Nav.NavigateTo("/there");
            return Task.CompletedTask;
        }
    }

    private sealed class Follows : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, "after");
    }
}
