using Granary.Web.Components;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseStaticWebAssets();
builder.Services.AddInterface();

var app = builder.Build();
app.MapInterface();
await app.RunAsync();
